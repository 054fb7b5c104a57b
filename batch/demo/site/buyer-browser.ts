import { setTimeout } from 'node:timers/promises';
import { findForm } from './page-form.ts';

/** Status of a page that waits for an AAA server. */
const WAITS = 202;
const WAIT_MS = 500;

interface Credentials {
  readonly issuedId: string;
  readonly password: string;
}

/**
 * A subscriber's browser without scripts: opens the checkout page, signs in, sees the price, decides. It keeps cookies,
 * follows redirects on the carrier's own host, and asks again for a page that waits. The link or redirect to the seller's host
 * is the result.
 */
export class BuyerBrowser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Confirms with both proofs; returns the address on the seller's site to which the page led. */
  async confirm(confirmUrl: string, { issuedId, password }: Credentials): Promise<string> {
    const signInPage = await this.#open(confirmUrl);
    const orderPage = await this.#submit(signInPage, 'sign-in', { issued_id: issuedId, password });
    return this.#addressLeftFor(await this.#submit(orderPage, 'confirm', {}));
  }

  /** Declines on the first page, which needs no proof. */
  async decline(confirmUrl: string): Promise<string> {
    return this.#addressLeftFor(await this.#submit(await this.#open(confirmUrl), 'decline', {}));
  }

  #open(address: string): Promise<Visit> {
    return this.#request(address, { method: 'GET' });
  }

  #submit(page: Visit, step: string, typed: Readonly<Record<string, string>>): Promise<Visit> {
    if (page.kind === 'left') throw new Error(`the page led away to ${page.address} before ${step}`);
    const form = findForm(page.html, step);
    return this.#request(new URL(form.action, this.#origin).href, {
      method: 'POST',
      headers: { origin: this.#origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form.fields, ...typed }).toString(),
    });
  }

  async #request(address: string, init: RequestInit): Promise<Visit> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie && { cookie }) };
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const html = await response.text();
    const location = response.headers.get('location');
    if (response.status === WAITS) {
      await setTimeout(WAIT_MS);
      return this.#open(address);
    }
    if (location === null) return { kind: 'page', html };
    const next = new URL(location, address);
    return next.origin === this.#origin ? this.#open(next.href) : { kind: 'left', address: next.href };
  }

  /** Of a redirect to the seller, or of the link to the seller on the last page. */
  #addressLeftFor(visit: Visit): string {
    if (visit.kind === 'left') return visit.address;
    const links = [...visit.html.matchAll(/<a class="button" href="(https?:[^"]+)"/g)];
    const address = links.map(([, href = '']) => href.replaceAll('&amp;', '&'))[0];
    if (address !== undefined && new URL(address).origin !== this.#origin) return address;
    // Throws, with what the page shows instead.
    findForm(visit.html, 'the end of the checkout');
    return '';
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const equals = pair.indexOf('=');
    this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
}

type Visit =
  | { readonly kind: 'page'; readonly html: string }
  | { readonly kind: 'left'; readonly address: string };
