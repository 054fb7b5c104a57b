import type { Actor } from '../../../access/actor.ts';
import { getChargeOfCompany } from '../../../purchases/charge-of-company.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { chargeView } from './charge.view.rules.ts';

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

/** The purchase that an address names. @throws Problem `charge-not-found` */
export const loadCharge = async (deps: ServiceDeps, { actor, params }: Asked) => ({
  charge: await getChargeOfCompany(deps, actor, requireStoredId('charge', params['charge'])),
});

export type LoadedCharge = Awaited<ReturnType<typeof loadCharge>>;

/** One purchase: what happened to it, and what can be done. */
export const chargePage = definePage({
  name: 'company.charge',
  path: '/company/purchases/:charge',
  permission: 'charges:read',
  load: loadCharge,
  view: chargeView,
  template: template<SectionsView>('kit/sections'),
});
