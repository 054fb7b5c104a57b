import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { authorizeSubscriber } from './safeguard-scope.ts';
import type { Names } from './safeguards-of-line.queries.ts';

/** A service that can be blocked or allowed, with its company. */
export interface GuardableService {
  readonly company: Names & { readonly id: number; readonly code: string };
  readonly service: Names & { readonly id: number };
}

/** Services that a search shows; a search for more is a better one. */
export const MAX_FOUND = 20;

/** Services whose own or whose company's name contains a text, by company; there are some thousands of them at most. */
export async function findGuardableServices(
  deps: Deps,
  actor: Actor,
  { text }: { readonly text: string },
): Promise<GuardableService[]> {
  authorizeSubscriber(actor, 'limits:read');
  const wanted = text.normalize('NFKC').trim();
  if (wanted === '') return [];
  const pattern = `%${wanted.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await select(deps)
    .where((where) =>
      where.or([
        where('c.name', 'like', pattern),
        where('c.nameEn', 'like', pattern),
        where('s.name', 'like', pattern),
        where('s.nameEn', 'like', pattern),
      ]),
    )
    .where('c.state', '=', 'active')
    .where('s.state', '=', 'active')
    .orderBy('c.name')
    .orderBy('s.name')
    .limit(MAX_FOUND)
    .execute();
  return rows.map(guardable);
}

/** One company, or one of its services. @throws Problem `company-not-found`, `service-not-found`. */
export async function getGuardable(
  deps: Deps,
  actor: Actor,
  { companyId, serviceId }: { readonly companyId: number; readonly serviceId: number | null },
): Promise<
  Omit<GuardableService, 'service'> & { readonly service: GuardableService['service'] | undefined }
> {
  authorizeSubscriber(actor, 'limits:read');
  if (serviceId !== null) {
    const row = await select(deps)
      .where('s.id', '=', serviceId)
      .where('c.id', '=', companyId)
      .executeTakeFirst();
    if (!row) throw new Problem('not-found');
    return guardable(row);
  }
  const company = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['id', 'code', 'name', 'nameEn'])
    .where('id', '=', companyId)
    .executeTakeFirst();
  if (!company) throw new Problem('company-not-found');
  return { company, service: undefined };
}

const select = (deps: Deps) =>
  sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id as serviceId', 's.name as service', 's.nameEn as serviceEn'])
    .select(['c.id as companyId', 'c.code', 'c.name as company', 'c.nameEn as companyEn']);

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function guardable({
  companyId,
  code,
  company,
  companyEn,
  serviceId,
  service,
  serviceEn,
}: Row): GuardableService {
  return {
    company: { id: companyId, code, name: company, nameEn: companyEn },
    service: { id: serviceId, name: service, nameEn: serviceEn },
  };
}
