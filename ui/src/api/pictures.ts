//! Files: the addresses of pictures and of what was made, and how files get into the till, by the blob door.

import { CallFailed, isErrorBody, ReplyLost, unexpected } from "./transport";
import { inShell } from "./tauri";

/** Bytes of one chunk. */
const CHUNK = 256 * 1024;

function door(): string {
  if (!inShell()) return "/api/blobs";
  // WebView2 shows custom schemes as http hosts.
  return navigator.userAgent.includes("Windows") ? "http://till-blob.localhost" : "till-blob://localhost";
}

/** The address of a picture by its content hash. */
export function pictureUrl(hash: string): string {
  return `${door()}/${hash}`;
}

/** The address of a file that was made to be saved, by its content hash. */
export function fileUrl(hash: string): string {
  return `${door()}/${hash}`;
}

/** The hexadecimal SHA-256 of some bytes. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(path: string, method: "POST" | "PUT", body: BodyInit, type: string): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    const headers = { "content-type": type };
    response = await fetch(`${door()}${path}`, { method, body, headers, credentials: "same-origin" });
    text = await response.text();
  } catch (cause) {
    throw new ReplyLost(cause);
  }
  let answer: unknown;
  try {
    answer = text === "" ? {} : JSON.parse(text);
  } catch {
    throw unexpected(`HTTP ${response.status}`);
  }
  if (response.ok) return answer;
  throw isErrorBody(answer) ? new CallFailed(answer) : unexpected(`HTTP ${response.status}`);
}

/** What a file is for: a picture is kept, a data file is read once by an operation. */
type UploadKind = "picture" | "data";

async function upload(file: Blob, kind: UploadKind, onprogress?: (sent: number) => void): Promise<string> {
  const bytes = await file.arrayBuffer();
  const json = "application/json";
  const begin = JSON.stringify({ length: bytes.byteLength, sha256: await sha256(bytes), kind });
  const { upload, received = 0 } = (await send("", "POST", begin, json)) as { upload: string; received?: number };
  for (let offset = received; offset < bytes.byteLength; offset += CHUNK) {
    onprogress?.(offset / bytes.byteLength);
    const chunk = bytes.slice(offset, offset + CHUNK);
    await send(`/${upload}?offset=${offset}`, "PUT", chunk, "application/octet-stream");
  }
  const { hash } = (await send(`/${upload}/finish`, "POST", "{}", json)) as { hash: string };
  return hash;
}

/** Puts a picture into the till and gives its content hash. Throws as a call does. */
export async function uploadPicture(file: Blob): Promise<string> {
  return upload(file, "picture");
}

/** Puts a file that an operation reads into the till, and gives its content hash. Tells how much of it is there. */
export async function uploadData(file: Blob, onprogress: (sent: number) => void): Promise<string> {
  return upload(file, "data", onprogress);
}
