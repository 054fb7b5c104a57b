/** The response of a page. */
export interface PageReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Target of a redirect. */
  readonly location: string | null;
}

/** A browser without scripts: stores cookies, sends forms with their hidden fields, does not follow redirects. */
export class PageClient {
  readonly cookies = new Map<string, string>();
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fetch: (url: string, init: RequestInit) => Promise<Response>;

  constructor(
    headers: Readonly<Record<string, string>> = { 'accept-language': 'ja' },
    fetchWith: (url: string, init: RequestInit) => Promise<Response> = fetch,
  ) {
    this.#headers = headers;
    this.#fetch = fetchWith;
  }

  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<PageReply> {
    return this.#send(url, { headers });
  }

  /** Opens a page and sends the form on it whose address ends with `action`, its token included. */
  async submit(
    url: string,
    action: string,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<PageReply> {
    const { text } = await this.get(url);
    return this.post(`${url}/${action}`, { form_token: formToken(text), ...fields });
  }

  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PageReply> {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Sends a form with a file, its fields first, as a browser does. */
  upload(
    url: string,
    fields: Readonly<Record<string, string>>,
    { field, filename, content }: { field: string; filename: string; content: string | Buffer },
  ): Promise<PageReply> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const bytes = typeof content === 'string' ? content : new Uint8Array(content);
    body.set(field, new Blob([bytes]), filename);
    return this.#send(url, { method: 'POST', body, headers: {} });
  }

  async #send(
    url: string,
    init: Omit<RequestInit, 'headers'> & { headers: Readonly<Record<string, string>> },
  ): Promise<PageReply> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.#headers, ...(cookie === '' ? {} : { cookie }), ...init.headers };
    const response = await this.#fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const { status } = response;
    const location = response.headers.get('location');
    return { status, headers: response.headers, text: await response.text(), location };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split('=');
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The token in the forms of a page; empty without one. */
export function formToken(html: string): string {
  return /name="form_token" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
