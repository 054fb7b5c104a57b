import { listCharges } from '../../../charges/charge.queries.ts';
import { effectiveState } from '../../../charges/effective-state.rules.ts';
import type { Actor } from '../../../access/actor.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import type { TableView } from '../../kit/component.types.ts';
import { defineLive, type LiveFrame } from '../../kit/define-live.ts';
import { template } from '../../kit/template.ts';
import { chargeBadge, chargeHref } from '../company-links.rules.ts';

const NEWEST = 10;

/** The newest purchases of the actor's company. */
export async function loadNewest(deps: ServiceDeps, { actor }: { readonly actor: Actor }) {
  return { charges: await listCharges(deps, actor, { limit: NEWEST }), now: deps.clock.now() };
}

type Newest = Awaited<ReturnType<typeof loadNewest>>;

export function newestTable({ charges, now }: Newest, { t, format }: LiveFrame): TableView {
  return {
    caption: t('company.today.newest'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.charge.item'), isLong: true },
      { label: t('company.charge.requested') },
      { label: t('company.charge.state') },
      { label: t('company.charge.amount'), isNumber: true },
    ],
    rows: charges.map((charge) => ({
      cells: [
        { text: charge.description, href: chargeHref(charge.id) },
        format.dateTime(charge.createdAt),
        { badge: chargeBadge(effectiveState(charge, now), { t }) },
        format.money(charge.capturedMinor ?? charge.amountMinor),
      ],
    })),
    empty: { title: t('company.today.no-purchases'), text: t('company.today.no-purchases-text') },
  };
}

/** The same while the page is open. */
export const newestLive = defineLive({
  name: 'company.newest-live',
  path: '/company/live/newest',
  permission: 'charges:read',
  load: (deps, actor) => loadNewest(deps, { actor }),
  view: (newest, frame) => ({ newest: newestTable(newest, frame) }),
  template: template<{ readonly newest: TableView }>('company/newest'),
});
