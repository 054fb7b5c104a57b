import type { DemoCompany, DemoService } from '../plan/demo-company.ts';
import type { Buyer } from '../../../src/lines/entitlement.queries.ts';
import type { CompanyClient } from '../site/company-client.ts';
import type { DemoSite } from '../demo-site.ts';
import type { PlannedSubscriber } from '../plan/world-plan.ts';

/** A company that exists, and its client of the API. */
export interface CreatedCompany {
  readonly companyId: number;
  readonly token: string;
  readonly client: CompanyClient;
}

export interface IssuedSubscriber extends Buyer {
  readonly issuedId: string;
}

/** What exists so far, under the names of the plan. */
export interface DemoWorld {
  readonly site: DemoSite;
  readonly companies: Map<string, CreatedCompany>;
  readonly subscribers: Map<string, IssuedSubscriber>;
  /** Public identifiers by the keys of the plan. */
  readonly consents: Map<string, string>;
  readonly charges: Map<string, string>;
  readonly subscriptions: Map<string, string>;
}

export function createWorld(site: DemoSite): DemoWorld {
  return {
    site,
    companies: new Map(),
    subscribers: new Map(),
    consents: new Map(),
    charges: new Map(),
    subscriptions: new Map(),
  };
}

export function companyOf(world: DemoWorld, { code }: DemoCompany): CreatedCompany {
  return known(world.companies, code);
}

export function subscriberOf(world: DemoWorld, { key }: PlannedSubscriber): IssuedSubscriber {
  return known(world.subscribers, key);
}

/** Something that an earlier event of the plan created. Throws if the plan is wrong. */
export function known<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${key} does not exist yet`);
  return value;
}

/** The site of a service. The names end in `.example`, which nobody can own (RFC 2606). */
export function siteOriginOf({ code }: DemoService): string {
  return `https://${code}.example`;
}

export function returnUrlOf(service: DemoService, key: string): string {
  return `${siteOriginOf(service)}/orders/${key.replaceAll(/[^a-z0-9-]/gi, '-')}`;
}

/** Compares a state with the planned one. Throws if they differ. */
export function assertState(what: string, actual: string, wanted: string): void {
  if (actual !== wanted) throw new Error(`${what} is ${actual} and should be ${wanted}`);
}
