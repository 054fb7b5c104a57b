import type { MonthlyLimit } from '../../limits/limit.rules.ts';
import type { MonthSoFar } from '../../purchases/month-so-far.queries.ts';
import type { GuardedPerson, SafeguardsOfLine } from '../../safeguards/safeguards-of-line.queries.ts';
import type { StoredSafeguard } from '../../safeguards/tenure-safeguards.queries.ts';
import { scheduledAfter } from '../../safeguards/safeguard.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { amountText, changeText, LINE, settingsOf, targetText, type Settings } from './limit-words.rules.ts';
import type { EmptyView, RowView } from './my-parts.rules.ts';

export interface LimitsData {
  readonly guards: SafeguardsOfLine;
  readonly lineLimit: MonthlyLimit;
  readonly month: MonthSoFar;
}

/** A change that is to begin, with what undoes it. */
export interface ScheduledView {
  readonly text: string;
  readonly when: string;
  readonly undo: { readonly action: string; readonly label: string } | undefined;
}

/** A blocked or allowed seller, with the page that ends it. */
export interface RuleRowView {
  readonly title: string;
  readonly note: string;
  /** The amount of a limit. */
  readonly figure?: string;
  readonly action: { readonly href: string; readonly label: string } | undefined;
}

export interface LimitsView extends PageView {
  readonly lead: string;
  readonly elsewhere: string | undefined;
  readonly scheduled: readonly ScheduledView[];
  readonly lineTitle: string;
  readonly spent: string | undefined;
  readonly bar: { readonly max: number; readonly value: number } | undefined;
  readonly limits: readonly RuleRowView[];
  readonly people: readonly RowView[];
  readonly blocks: readonly RuleRowView[];
  readonly noBlocks: EmptyView;
  readonly addBlockHref: string | undefined;
  readonly notices: readonly string[];
  readonly noAddress: string | undefined;
  readonly noticesHref: string | undefined;
  readonly history: readonly RowView[];
}

/** Changes that the page lists. */
const HISTORY = 10;

/** What applies now for the line and for each ID, what is scheduled, and where to change it. */
export function limitsView(data: LimitsData, frame: ViewFrame): LimitsView {
  const { t, can } = frame;
  const { guards } = data;
  const ofLine = settingsOf(guards, null);
  const mayChange = guards.isHolder && can('limits:restrict');
  return {
    title: t('my.limits.title'),
    lead: t(guards.isHolder ? 'my.limits.lead-holder' : 'my.limits.lead-person'),
    elsewhere: guards.isHolder && !can('limits:permit') ? t('my.limits.elsewhere') : undefined,
    scheduled: scheduledViews(guards, frame),
    lineTitle: t('my.limits.now-line'),
    ...spentOfLine(data, frame),
    limits: lineRows(data, ofLine, frame),
    people: guards.people.map((person) => personRow(data, person, frame)),
    blocks: ofLine.blocks.map((row) => blockRow(guards, row, frame)),
    noBlocks: { title: t('my.limits.no-blocks'), text: t('my.limits.no-blocks-text') },
    addBlockHref: mayChange ? `/my/limits/find/${LINE}/block` : undefined,
    notices: noticeTexts(guards, frame),
    noAddress: guards.isHolder && !guards.hasAddress ? t('my.limits.no-address') : undefined,
    noticesHref: can('notices:write') ? '/my/limits/notices' : undefined,
    history: historyRows(guards, frame),
  };
}

/** Changes that begin later; each can be undone by who may lower. */
export function scheduledViews(
  guards: SafeguardsOfLine,
  frame: ViewFrame,
  only: (row: StoredSafeguard) => boolean = () => true,
): ScheduledView[] {
  const { t, format, can } = frame;
  return scheduledAfter(guards.rows, guards.businessDate)
    .filter(only)
    .map((row) => {
      const text = changeText(guards, row, frame);
      const mayUndo = can('limits:restrict') && (guards.isHolder || row.subscriberId === guards.subscriberId);
      return {
        text,
        when: t('my.limits.scheduled-text', { date: format.date(row.validFrom) }),
        undo: mayUndo
          ? { action: `/my/limits/undo/${row.version}`, label: t('my.limits.undo-label', { text }) }
          : undefined,
      };
    });
}

function spentOfLine({ guards, lineLimit, month }: LimitsData, { t, format }: ViewFrame) {
  if (!guards.isHolder) return { spent: undefined, bar: undefined };
  const spentMinor = month.totals.booked.minor + month.totals.reserved.minor;
  const { limitMinor } = lineLimit;
  const leftMinor = limitMinor > spentMinor ? limitMinor - spentMinor : 0n;
  return {
    spent: t('my.limits.spent', {
      from: format.day(month.period.startsOn),
      to: format.day(month.period.closesOn),
      spent: format.money(spentMinor),
      left: format.money(leftMinor),
    }),
    bar: {
      max: Number(limitMinor) || 1,
      value: limitMinor === 0n ? 1 : Number(spentMinor < limitMinor ? spentMinor : limitMinor),
    },
  };
}

function lineRows({ guards, lineLimit }: LimitsData, settings: Settings, frame: ViewFrame): RuleRowView[] {
  const { t, format, can } = frame;
  const mayChange = guards.isHolder && can('limits:restrict');
  const own = settings.monthly;
  const source = t(`my.limits.source.${lineLimit.source === 'subscriber' ? 'line' : lineLimit.source}`);
  const isHigher = own !== null && own !== lineLimit.limitMinor;
  return [
    {
      title: t('my.limits.monthly-limit'),
      figure: format.money(lineLimit.limitMinor),
      note: isHigher ? `${source}${t('my.limits.own-set', { amount: format.money(own) })}` : source,
      action: changeAction(mayChange, { who: LINE, kind: 'monthly-limit' }, frame),
    },
    {
      title: t('my.limits.charge-limit'),
      figure: amountText(settings.charge, frame),
      note: settings.charge === null ? t('my.limits.none-charge') : '',
      action: changeAction(mayChange, { who: LINE, kind: 'charge-limit' }, frame),
    },
  ];
}

/** The page that changes a limit. */
export function changeAction(
  may: boolean,
  { who, kind }: { readonly who: string | number; readonly kind: string },
  { t }: Pick<ViewFrame, 't'>,
): RuleRowView['action'] {
  return may ? { href: `/my/limits/change/${who}/${kind}`, label: t('my.limits.change') } : undefined;
}

function personRow({ guards, month }: LimitsData, person: GuardedPerson, frame: ViewFrame): RowView {
  const { t, format } = frame;
  const { monthly, charge, blocks, allowed, onlyListed } = settingsOf(guards, person.id);
  const limitMinor = lowest(monthly, person.supportLimitMinor);
  const limits = [
    ...(limitMinor === null ? [] : [t('my.limits.person-monthly', { amount: format.money(limitMinor) })]),
    ...(charge === null ? [] : [t('my.limits.person-charge', { amount: format.money(charge) })]),
    ...(blocks.length === 0 ? [] : [t('my.limits.person-blocks', { count: blocks.length })]),
  ];
  const spent = month.people.find((one) => one.person.id === person.id);
  return {
    href: `/my/limits/people/${person.id}`,
    title: person.displayName,
    notes: [
      limits.length === 0 ? t('my.limits.person-none') : limits.join(t('my.dot')),
      ...(onlyListed ? [t('my.limits.person-listed', { count: allowed.length })] : []),
      ...(spent
        ? [t('my.limits.spent-own', { spent: format.money(spent.booked.minor + spent.reserved.minor) })]
        : []),
    ],
    ...(person.isHolder && { badge: { tone: 'plain' as const, text: t('my.limits.holder-badge') } }),
  };
}

/** A blocked seller, with the page that unblocks it. */
export function blockRow(guards: SafeguardsOfLine, row: StoredSafeguard, frame: ViewFrame): RuleRowView {
  const { t, format, can } = frame;
  return {
    title: targetText(guards, row, frame),
    note: t('my.limits.since', { date: format.date(row.validFrom) }),
    action: can('limits:permit') ? { href: ruleHref(row, 'off'), label: t('my.limits.unblock') } : undefined,
  };
}

/** The page that sets or ends a rule. */
export function ruleHref(
  {
    kind,
    subscriberId,
    companyId,
    serviceId,
  }: Pick<StoredSafeguard, 'kind' | 'subscriberId' | 'companyId' | 'serviceId'>,
  to: 'on' | 'off',
): string {
  return `/my/limits/rules/${subscriberId ?? LINE}/${kind}/${companyId}/${serviceId ?? 'all'}/${to}`;
}

export const lowest = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other < one) ? other : one;

function noticeTexts({ notices, isHolder }: SafeguardsOfLine, { t, format }: ViewFrame): string[] {
  if (!isHolder) return [];
  const amounts = notices.amounts.map((amount) => format.money(amount)).join(t('my.list'));
  return [
    amounts === '' ? t('my.limits.notices-none') : t('my.limits.notices-amounts', { amounts }),
    ...(notices.everyPurchase ? [t('my.limits.notices-every')] : []),
  ];
}

function historyRows(guards: SafeguardsOfLine, frame: ViewFrame): RowView[] {
  const { t, format } = frame;
  return guards.rows
    .slice(-HISTORY)
    .toReversed()
    .map((row) => ({
      title: changeText(guards, row, frame),
      notes: [
        `${format.dateTime(row.setAt)}${t('my.dot')}${byText(guards, row, frame)}`,
        t('my.limits.scheduled-text', { date: format.date(row.validFrom) }),
      ],
    }));
}

function byText(
  { people, subscriberId }: SafeguardsOfLine,
  { setBy }: StoredSafeguard,
  { t }: ViewFrame,
): string {
  const id = Number(setBy.split(':')[1]);
  if (id === subscriberId) return t('my.limits.history-by-you');
  const who = people.find((person) => person.id === id)?.displayName;
  return who === undefined ? t('my.limits.history-by-other') : t('my.limits.history-by', { who });
}
