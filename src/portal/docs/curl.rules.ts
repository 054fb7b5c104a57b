interface CurlRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Idempotency-Key. */
  readonly key?: string;
  readonly body?: object;
  /** A file as the body. */
  readonly file?: { readonly mediaType: string; readonly name: string };
}

/** Needs no quotes in a shell. */
const PLAIN = /^[\w:/.-]+$/;

/** A request as one types it into a shell, the API key in the variable `TABANE_KEY`. */
export function curlOf({ method, url, key, body, file }: CurlRequest): string {
  const options = ['-H "Authorization: Bearer $TABANE_KEY"'];
  if (key !== undefined) options.push(`-H "Idempotency-Key: ${key}"`);
  if (body !== undefined)
    options.push('-H "Content-Type: application/json"', `-d ${quote(JSON.stringify(body, null, 2))}`);
  if (file) options.push(`-H "Content-Type: ${file.mediaType}"`, `--data-binary @${file.name}`);
  const verb = method === 'GET' ? '' : `-X ${method} `;
  return [`curl ${verb}${PLAIN.test(url) ? url : quote(url)}`, ...options].join(' \\\n  ');
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
