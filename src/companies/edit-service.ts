import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { findOwnService } from './company.queries.ts';
import { planChange } from './party-changes.ts';
import { assertFollows, recordPartyVersion } from './party-versions.ts';
import { completeTerms, termsOf, type ServiceTerms } from './seller-terms.rules.ts';
import { originsOf, readSiteOrigins } from './site-origins.rules.ts';
import type { Service } from './service.entity.ts';

/** The terms to change; a member that is undefined stays as it is. A service that has no texts yet gets all of them at once. */
export interface ServiceEdit extends Partial<{
  readonly [K in keyof ServiceTerms]: ServiceTerms[K] | undefined;
}> {
  readonly name?: string | undefined;
  readonly nameEn?: string | undefined;
  /** All origins of the company's sites to which buyers are sent back; the first is shown in the list of companies. */
  readonly siteOrigins?: readonly string[] | undefined;
}

export interface EditService extends ServiceEdit {
  readonly companyCode: string;
  readonly code: string;
  /** First day on which the change holds; today by default. A later day waits. */
  readonly validFrom?: string | undefined;
}

export interface EditedService {
  readonly service: Service;
  /** Of a change that waits for its day. */
  readonly change?: string;
}

const checkNames = compileInputCheck<{ name: string; nameEn: string; validFrom: string }>({
  name: inputFields.name,
  nameEn: inputFields.name,
  validFrom: inputFields.date,
});

/**
 * Changes the names and sites of a service, and what it says of itself on the last page before a purchase and in the public
 * list, from a day on. A purchase that is already confirmed keeps what was shown. Equal terms change nothing.
 * @throws Problem `invalid-request`, `company-not-found`, `service-not-found`
 */
export async function editService(deps: Deps, actor: Actor, input: EditService): Promise<EditedService> {
  const owned = ownedBy(actor, 'services:write');
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const { companyCode, code, validFrom = today, ...fields } = input;
  return inTransaction(deps, async (tx) => {
    const key = { companyCode, code, lockMode: LockMode.PESSIMISTIC_WRITE };
    const service = await findOwnService(tx, owned, key);
    const by = actorName(actor);
    const { changed } = mergeTerms(service, fields, validFrom);
    if (changed.length === 0) return { service };
    if (validFrom > today) {
      const party = { kind: 'service', id: service.id } as const;
      const subject = `service:${companyCode}/${code}`;
      return {
        service,
        change: await planChange(tx, { party, subject, validFrom, fields: { ...fields }, by }),
      };
    }
    await changeService(tx, service, { companyCode, fields, validFrom, by });
    return { service };
  });
}

/** What changes of a service of a company, from when, and who changes it. */
export interface ServiceChange {
  readonly companyCode: string;
  readonly fields: ServiceEdit;
  readonly validFrom: string;
  readonly by: string;
  /** The change that waited for its day. */
  readonly change?: string;
}

/** Changes a locked service; checks everything again. @throws Problem `invalid-request` */
export async function changeService(
  tx: InTransaction<Deps>,
  service: Service,
  { companyCode, fields, validFrom, by, change }: ServiceChange,
): Promise<void> {
  const { before, after, changed } = mergeTerms(service, fields, validFrom);
  if (changed.length === 0) return;
  const isNamed = changed.some((name) => name === 'name' || name === 'nameEn');
  const party = { kind: 'service', id: service.id } as const;
  if (isNamed) await assertFollows(tx, party, validFrom);
  tx.em.assign(service, after);
  await tx.em.flush();
  const { companyId, code } = service;
  const subject = `${companyCode}/${code}`;
  const snapshot = { fields: changed.join(' ') };
  await appendEvents(tx, [{ type: 'service.edited', subject, companyId, snapshot }]);
  const facts = {
    validFrom,
    ...(change !== undefined && { change }),
    ...Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }])),
  };
  await recordAudit(tx, {
    actor: by,
    action: 'service.edit',
    subject: `service:${subject}`,
    facts,
    changed: { table: 'service', key: [service.id] },
  });
  if (isNamed) await recordPartyVersion(tx, party, validFrom);
}

function mergeTerms(service: Service, fields: ServiceEdit, validFrom: string) {
  const { siteOrigins, ...given } = fields;
  const { name = service.name, nameEn = service.nameEn, ...terms } = given;
  checkNames({ name, nameEn, validFrom });
  const sites = siteOrigins === undefined ? storedSites(service) : readSiteOrigins(siteOrigins);
  const before: Record<string, unknown> = {
    ...termsOf(service),
    name: service.name,
    nameEn: service.nameEn,
    ...storedSites(service),
  };
  const texts = completeTerms(terms, { known: termsOf(service), today: validFrom });
  const after: Record<string, unknown> = { ...texts, name, nameEn, ...sites };
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key] ?? null),
  );
  return { before, after, changed };
}

function storedSites(service: Service) {
  const [siteOrigin, ...more] = originsOf(service);
  return { siteOrigin, moreOrigins: more.length > 0 ? more : null };
}
