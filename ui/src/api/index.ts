//! The one door of the screens to the till. Everything else imports from here.

import { apiOf, Client } from "./client";
import { HttpTransport } from "./http";
import { InFlight } from "./in-flight";
import { inShell, TauriTransport } from "./tauri";

/** The client of this page. */
export const client = new Client(inShell() ? new TauriTransport() : new HttpTransport(), new InFlight(sessionStorage));

/** Every operation, as `api.noun.verb(payload)`. */
export const api = apiOf(client);

export { makeRequestId, type AnswerOf, type CallOptions, type Contact, type OperationName } from "./client";
export { fileUrl, pictureUrl, uploadData, uploadPicture } from "./pictures";
export { CallFailed, ReplyLost } from "./transport";
export type * from "./generated/contract";
