import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Middleware } from 'koa';
import { readArriving } from '../../http/arriving-body.ts';
import { uploadBounds, whileUploading, type UploadBounds } from '../../http/slow-upload.ts';
import { Problem } from '../../shared/problem.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { UploadedFile, UploadTerms } from './define-form.ts';
import { boundaryOf, readParts, type FormPart } from './multipart.ts';

/** Of all fields beside the file. */
const MAX_FIELD_BYTES = 32 * 1024;
const MAX_FIELDS = 20;
/** Files of processes that ended in the middle. */
const STALE_MS = 24 * 60 * 60_000;

interface UploadState {
  upload?: UploadedFile | 'too-large';
}

interface Uploading {
  readonly terms: UploadTerms;
  /** Reads a form without a file. */
  readonly plain: Middleware;
  /** Refuses a form that is not from our own page, before its file is kept. */
  readonly assertOwn: (ctx: Context) => void;
  /** How slowly it may arrive. */
  readonly bounds?: UploadBounds;
}

/**
 * Reads a form with a file, for people who may send it: the fields come first, and the file goes to a temporary one as it arrives, which
 * is removed after the request. A file that is larger than its form allows is read to its end and not kept, so that the page can say so.
 */
export function uploadedForm(
  { config }: ServiceDeps,
  { terms, plain, assertOwn, bounds = uploadBounds }: Uploading,
): Middleware {
  const folder = join(config.filesDir, 'uploads');
  return async (ctx, next) => {
    const boundary = boundaryOf(ctx.get('Content-Type'));
    if (boundary === undefined) return plain(ctx, next);
    const path = join(folder, randomUUID());
    try {
      await mkdir(folder, { recursive: true });
      await removeStale(folder);
      await whileUploading(ctx.req, bounds, () =>
        readArriving(ctx, () => readForm(ctx, boundary, { terms, assertOwn, path })),
      );
      return await next();
    } finally {
      await rm(path, { force: true });
    }
  };
}

/** The file of the posted form, if it has one. */
export function uploadOf(ctx: Context): UploadedFile | 'too-large' | undefined {
  return (ctx.state as UploadState).upload;
}

type Reading = Omit<Uploading, 'plain' | 'bounds'> & { readonly path: string };

async function readForm(ctx: Context, boundary: string, reading: Reading): Promise<void> {
  const { terms, assertOwn, path } = reading;
  // Ended early, the stream stays open: the answer is still sent.
  const source = ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  const fields: Record<string, string> = {};
  (ctx.request as { body?: unknown }).body = fields;
  try {
    for await (const part of readParts(source, boundary)) {
      if (part.filename === undefined) await readField(part, fields);
      else {
        assertOwn(ctx);
        const { upload } = ctx.state as UploadState;
        if (part.name === terms.field && part.filename !== '' && upload === undefined)
          (ctx.state as UploadState).upload = await keepFile(part, path, terms.maxBytes);
      }
    }
  } catch (error) {
    ctx.set('Connection', 'close');
    throw error;
  } finally {
    await source.return?.();
    ctx.req.resume();
  }
}

async function readField({ name, content }: FormPart, fields: Record<string, string>): Promise<void> {
  const kept = Object.values(fields);
  let length = kept.reduce((sum, text) => sum + text.length, 0);
  const pieces: Buffer[] = [];
  for await (const piece of content) {
    length += piece.length;
    if (length > MAX_FIELD_BYTES) throw new Problem('body-too-large');
    pieces.push(piece);
  }
  if (kept.length >= MAX_FIELDS) throw new Problem('body-too-large');
  fields[name] = Buffer.concat(pieces).toString('utf8');
}

async function keepFile(
  { filename = '', content }: FormPart,
  path: string,
  maxBytes: number,
): Promise<UploadedFile | 'too-large'> {
  await using file = await open(path, 'wx', 0o600);
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    // Unlike `write`, it writes all of the piece, or fails.
    if (size <= maxBytes) await file.writeFile(piece);
  }
  return size > maxBytes ? 'too-large' : { path, filename, size };
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < Date.now() - STALE_MS) await rm(path, { force: true });
  }
}
