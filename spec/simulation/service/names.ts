import type { Buyer } from '../../../src/lines/entitlement.queries.ts';

/** Names of the simulation for things of the service, both ways. */
export class Naming<Id extends string | number> {
  readonly #ids = new Map<string, Id>();
  readonly #names = new Map<Id, string>();

  set(name: string, id: Id): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }

  idOf(name: string): Id | undefined {
    return this.#ids.get(name);
  }

  /** All of them, in the order in which they got their names. */
  entries(): IterableIterator<[string, Id]> {
    return this.#ids.entries();
  }

  /** The name of what must have one. */
  nameOf(id: Id): string {
    return this.#names.get(id) ?? `unknown ${id}`;
  }
}

/** All that the simulation has names for. */
export class Names {
  readonly companies = new Naming<number>();
  /** `company/service` */
  readonly services = new Naming<number>();
  readonly subscribers = new Naming<number>();
  readonly charges = new Naming<string>();
  readonly refunds = new Naming<string>();
  readonly proposals = new Naming<string>();
  /** Proposals of bank accounts. */
  readonly accounts = new Naming<string>();
  readonly consents = new Naming<string>();
  readonly subscriptions = new Naming<string>();
  /** What a subscriber buys as. */
  readonly buyers = new Map<string, Buyer>();
  readonly issuedIds = new Map<string, string>();
  /** API keys of the companies. */
  readonly tokens = new Map<string, string>();
  /** Responses to companies under the keys of their requests, by `company|key`. */
  readonly answers = new Map<string, string>();
  /** Up to which monthly charges have got their names. */
  lastMonthlyCharge = '';
}
