//! Files: the addresses of pictures and of what was made, and how files get into the till, by the blob door.

import { sha256 as hasher } from "@noble/hashes/sha2.js";
import { CallFailed, isErrorBody, ReplyLost, unexpected } from "./transport";
import { inShell } from "./tauri";

/** Bytes of one chunk. */
const CHUNK = 256 * 1024;

function door(): string {
  if (!inShell()) return "/api/blobs";
  // WebView2 shows custom schemes as http hosts.
  return navigator.userAgent.includes("Windows") ? "http://till-blob.localhost" : "till-blob://localhost";
}

/** The address of a picture by its content hash, as small as a list or a tile shows it. */
export function pictureUrl(hash: string): string {
  return `${door()}/${hash}/small`;
}

/** The address of a file that was made to be saved, by its content hash. */
export function fileUrl(hash: string): string {
  return `${door()}/${hash}`;
}

/** The hexadecimal SHA-256 of a file, read piece by piece: a table may be larger than what a page may hold. */
export async function sha256(file: Blob): Promise<string> {
  const hash = hasher.create();
  for (let offset = 0; offset < file.size; offset += CHUNK) {
    hash.update(new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer()));
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
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
  const json = "application/json";
  const begin = JSON.stringify({ length: file.size, sha256: await sha256(file), kind });
  const { upload, received = 0 } = (await send("", "POST", begin, json)) as { upload: string; received?: number };
  for (let offset = received; offset < file.size; offset += CHUNK) {
    onprogress?.(offset / file.size);
    const chunk = await file.slice(offset, offset + CHUNK).arrayBuffer();
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
