import type { Actor } from '../../../access/actor.ts';
import { can } from '../../../access/can.rules.ts';
import { getTenure } from '../../../lines/tenures.queries.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { getChargeRecord } from '../../../purchases/charge-record.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { definePage, type PageRequest } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { chargeView } from './charge.view.rules.ts';

/** A charge as an address names it, with the people of the carrier who did something to it. */
export async function loadCharge(
  deps: ServiceDeps,
  { actor, params }: Pick<PageRequest<unknown, Actor>, 'actor' | 'params'>,
) {
  const charge = await getChargeRecord(deps, actor, requireStoredId('charge', params['charge']));
  const people = [
    ...charge.refunds.map(({ createdBy }) => createdBy),
    ...charge.proposals.map((p) => p.maker),
  ];
  return {
    actor,
    charge,
    names: await findPeopleNames(deps, people),
    mayBlock: await mayBlock(deps, actor, charge),
  };
}

/** Whether the reader may block the seller for who bought: for the holder of today alone, because blocks are theirs. */
async function mayBlock(
  deps: ServiceDeps,
  actor: Actor,
  { lineId, holderFrom }: Awaited<ReturnType<typeof getChargeRecord>>,
): Promise<boolean> {
  if (lineId === null || !can(actor, 'limits:restrict')) return false;
  return (await getTenure(deps, actor, { lineId })).holderFrom === holderFrom;
}

export type LoadedCharge = Awaited<ReturnType<typeof loadCharge>>;

/** One purchase: everything that is known of it, and what can be done. */
export const chargePage = definePage({
  name: 'support.charge',
  path: '/support/charges/:charge',
  permission: 'buyers:read',
  under: '/support',
  load: loadCharge,
  view: chargeView,
  template: template<SectionsView>('kit/sections'),
});
