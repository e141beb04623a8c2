//! Files: the addresses of pictures and of what was made, and how files get into the till, by the blob door.

import { CallFailed, isErrorBody, ReplyLost, unexpected } from "./transport";
import { inShell } from "./tauri";

/** Bytes of one chunk. */
const CHUNK = 256 * 1024;
/** Bytes of a file that a page holds whole at most. */
const WHOLE_MAX = 256 * 1024 * 1024;

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

/**
 * The hexadecimal SHA-256 of a file. The browser's own is hundreds of times as fast as a script that is interpreted, as in
 * the till's window. It takes whole files only: tables larger than what a page should hold are hashed piece by piece, and
 * so is everything where a browser denies its own to a page.
 */
export async function sha256(file: Blob): Promise<string> {
  if (globalThis.isSecureContext && file.size <= WHOLE_MAX) {
    return hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
  }
  const { sha256: hasher } = await import("@noble/hashes/sha2.js");
  const hash = hasher.create();
  for (let offset = 0; offset < file.size; offset += CHUNK) {
    hash.update(new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer()));
  }
  return hexadecimal(hash.digest());
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
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
