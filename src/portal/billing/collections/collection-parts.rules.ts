import type { CollectionState } from '../../../collections/collection-state.rules.ts';
import type { BankRefundStage } from '../../../refunds/bank-refund-list.queries.ts';
import { writeClosingGroup, type ClosingGroup } from '../../../shared/calendar.rules.ts';
import type { BadgeView, TabsView } from '../../kit/component.types.ts';
import type { Translate } from '../../messages/translate.ts';

export const COLLECTIONS = '/billing/collections';

const tabs = ['invoices', 'files', 'clawbacks', 'refunds', 'aging'] as const;
export type CollectionTab = (typeof tabs)[number];

export const tabHref = (tab: CollectionTab): string =>
  tab === 'invoices' ? COLLECTIONS : `${COLLECTIONS}/${tab}`;
export const invoiceHref = (number: string): string => `${COLLECTIONS}/invoices/${number}`;
export const fileHref = (name: string): string => `${COLLECTIONS}/files/${encodeURIComponent(name)}`;
export const clawbacksHref = (number: string): string => `${COLLECTIONS}/clawbacks/${number}`;
export const refundHref = (publicId: string): string => `${COLLECTIONS}/refunds/${publicId}`;

/** The parts of the area, each at its own address. */
export function collectionTabs(t: Translate, current: CollectionTab): TabsView {
  return {
    label: t('billing.collections.nav'),
    tabs: tabs.map((tab) => ({
      href: tabHref(tab),
      label: t(`billing.collections.tab.${tab}`),
      isCurrent: tab === current,
    })),
  };
}

const stateTones = {
  billed: 'plain',
  pending: 'warn',
  collected: 'good',
  partial: 'warn',
  uncollected: 'bad',
} as const;

export function stateBadge(t: Translate, state: CollectionState): BadgeView {
  return { tone: stateTones[state], text: t(`billing.collections.state.${state}`) };
}

const stageTones = {
  'waiting-result': 'plain',
  'waiting-account': 'warn',
  due: 'warn',
  ordered: 'plain',
  paid: 'good',
  cancelled: 'bad',
} as const;

export function stageBadge(t: Translate, stage: BankRefundStage): BadgeView {
  return { tone: stageTones[stage], text: t(`billing.collections.stage.${stage}`) };
}

/** The 5th, or the end of the month. */
export function groupText(t: Translate, group: ClosingGroup): string {
  const written = writeClosingGroup(group);
  return written === 'end'
    ? t('billing.collections.group-end')
    : t('billing.collections.group', { day: written });
}

/** A query of an address with the values that are there. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const text = new URLSearchParams(given).toString();
  return text === '' ? path : `${path}?${text}`;
}
