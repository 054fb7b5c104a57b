import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { refuseReservedCode } from '../shared/reserved-codes.rules.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { findOwnCompany } from './company.queries.ts';
import { FIRST_DAY, recordPartyVersion } from './party-versions.ts';
import { completeTerms, noTerms, type ServiceTerms } from './seller-terms.rules.ts';
import { readSiteOrigins } from './site-origins.rules.ts';
import { ServiceSchema, type Service } from './service.entity.ts';

/** With its terms, all of them, it can sell at once; without them nothing is sold under it until `editService` adds them. */
export interface CreateService extends Partial<{
  readonly [K in keyof ServiceTerms]: ServiceTerms[K] | undefined;
}> {
  readonly companyCode: string;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Origin of the company's site, such as `https://shop.example`: buyers are sent back there and nowhere else. */
  readonly siteOrigin: string;
}

const checkShape = compileInputCheck<CreateService>({
  code: inputFields.code,
  name: inputFields.name,
  nameEn: inputFields.name,
  siteOrigin: { type: 'string', maxLength: 255 },
});

/**
 * Creates a service of a company; its code is unique within the company.
 * @throws Problem `invalid-request`, `company-not-found`, `already-exists`
 */
export async function createService(deps: Deps, actor: Actor, input: CreateService): Promise<Service> {
  const owned = ownedBy(actor, 'services:write');
  checkShape(input);
  refuseReservedCode('service', input.code);
  const { siteOrigin } = readSiteOrigins([input.siteOrigin], 'siteOrigin');
  const { companyCode, code, name, nameEn, ...given } = input;
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const values = { code, name, nameEn, ...completeTerms(given, { known: noTerms, today }), siteOrigin };
  return inTransaction(deps, async (tx) => {
    const company = await findOwnCompany(tx, owned, companyCode);
    const row = { ...values, companyId: company.id, state: 'active' as const, createdAt: tx.clock.now() };
    const service = tx.em.create(ServiceSchema, row);
    await tx.em.flush();
    const event = {
      subject: `${companyCode}/${code}`,
      companyId: company.id,
      snapshot: { name, nameEn },
    };
    await appendEvents(tx, [{ type: 'service.created', ...event }]);
    const subject = `service:${companyCode}/${code}`;
    const changed = { table: 'service', key: [service.id] } as const;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'service.create',
      subject,
      facts: values,
      changed,
    });
    await recordPartyVersion(tx, { kind: 'service', id: service.id }, FIRST_DAY);
    return service;
  });
}
