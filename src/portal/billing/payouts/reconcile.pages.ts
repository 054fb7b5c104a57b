import { reconcilePayouts, type Reconciliation } from '../../../payouts/reconcile-payouts.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { payoutTabs, runHref, tabHref } from './payout-parts.rules.ts';

/** A day of payouts beside the ledger and the files. */
export const reconcilePage = definePage({
  name: 'billing.payout-reconcile',
  path: tabHref('reconcile'),
  permission: 'payouts:read',
  query: { type: 'object', properties: { date: { type: 'string', format: 'business-date' } } },
  load: (deps, { actor, query: { date } }) =>
    reconcilePayouts(deps, actor, {
      date: date ?? businessDateOf(deps.clock.now(), deps.config.timeZone),
    }),
  view: reconcileView,
  template: template<SectionsView>('kit/sections'),
});

function reconcileView(day: Reconciliation, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  return {
    title: t('billing.payouts.reconcile.title'),
    lead: format.date(day.date),
    headBadge: agreement(day.agrees, frame),
    parts: payoutTabs(t, 'reconcile'),
    filter: {
      action: tabHref('reconcile'),
      fields: [{ name: 'date', label: t('billing.payouts.reconcile.date'), type: 'date', value: day.date }],
      active: [],
      clearHref: tabHref('reconcile'),
      found: t('billing.payouts.reconcile.found', { count: format.count(day.runs.length) }),
    },
    banners: day.agrees ? [] : [{ tone: 'bad', text: t('billing.payouts.reconcile.differs-text') }],
    sections: [
      {
        id: 'runs',
        title: t('billing.payouts.reconcile.runs'),
        table: {
          caption: t('billing.payouts.reconcile.runs'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.payouts.column.run') },
            { label: t('billing.payouts.column.state') },
            { label: t('billing.payouts.reconcile.payouts'), isNumber: true },
            { label: t('billing.payouts.reconcile.ledger'), isNumber: true },
            { label: t('billing.payouts.reconcile.file'), isNumber: true },
          ],
          rows: day.runs.map((run) => ({
            cells: [
              { text: run.number, href: runHref(run.number) },
              run.isFileSent
                ? { badge: agreement(run.agrees, frame) }
                : { badge: { tone: 'bad', text: t('billing.payouts.reconcile.other-file') } },
              format.money(run.payoutsMinor),
              format.money(run.ledgerMinor),
              run.fileMinor === null ? '–' : format.money(run.fileMinor),
            ],
          })),
          empty: { title: t('billing.payouts.reconcile.none'), text: '' },
        },
      },
      {
        id: 'accounts',
        title: t('billing.payouts.reconcile.accounts'),
        text: t('billing.payouts.reconcile.accounts-text'),
        table: {
          caption: t('billing.payouts.reconcile.accounts'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.payouts.reconcile.account') },
            { label: t('billing.payouts.column.state') },
            { label: t('billing.payouts.reconcile.ledger'), isNumber: true },
            { label: t('billing.payouts.reconcile.expected'), isNumber: true },
          ],
          rows: day.accounts.map((account) => ({
            cells: [
              t(`billing.payouts.ledger.${account.account}`),
              { badge: agreement(account.agrees, frame) },
              format.money(account.ledgerMinor),
              format.money(account.expectedMinor),
            ],
          })),
        },
      },
    ],
  };
}

function agreement(agrees: boolean, { t }: ViewFrame) {
  return agrees
    ? ({ tone: 'good', text: t('billing.payouts.reconcile.agrees') } as const)
    : ({ tone: 'bad', text: t('billing.payouts.reconcile.differs') } as const);
}
