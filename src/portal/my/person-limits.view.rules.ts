import type { StoredSafeguard } from '../../safeguards/tenure-safeguards.queries.ts';
import { Problem } from '../../shared/problem.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { amountText, settingsOf, targetText, type Settings } from './limit-words.rules.ts';
import {
  blockRow,
  changeAction,
  lowest,
  ruleHref,
  scheduledViews,
  type LimitsData,
  type RuleRowView,
  type ScheduledView,
} from './limits.view.rules.ts';
import type { CrumbView, EmptyView } from './my-parts.rules.ts';

export interface PersonLimitsView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly elsewhere: string | undefined;
  readonly scheduled: readonly ScheduledView[];
  readonly limits: readonly RuleRowView[];
  readonly blocks: readonly RuleRowView[];
  readonly noBlocks: EmptyView;
  readonly addBlockHref: string | undefined;
  readonly list: {
    readonly text: string;
    readonly rows: readonly RuleRowView[];
    readonly empty: EmptyView;
    readonly addHref: string | undefined;
    readonly toggle: { readonly href: string; readonly label: string } | undefined;
  };
}

/** What applies to one issued ID, beside what applies to the line. @throws Problem `subscriber-not-found`. */
export function personLimitsView(
  data: LimitsData & { readonly personId: number },
  frame: ViewFrame,
): PersonLimitsView {
  const { t, can } = frame;
  const { guards, personId } = data;
  const person = guards.people.find(({ id }) => id === personId);
  if (!person) throw new Problem('subscriber-not-found');
  const settings = settingsOf(guards, personId);
  const mayChange = can('limits:restrict');
  return {
    title: person.displayName,
    crumbs: [{ href: '/my/limits', label: t('my.limits.title') }],
    lead: t(guards.isHolder ? 'my.limits.lead-holder' : 'my.limits.lead-person'),
    elsewhere: guards.isHolder && !can('limits:permit') ? t('my.limits.elsewhere') : undefined,
    scheduled: scheduledViews(guards, frame, (row) => row.subscriberId === personId),
    limits: limitRows(data, settings, frame),
    blocks: [
      ...settings.blocks.map((row) => blockRow(guards, row, frame)),
      ...settingsOf(guards, null).blocks.map((row) => ({
        title: targetText(guards, row, frame),
        note: t('my.limits.by-line'),
        action: undefined,
      })),
    ],
    noBlocks: { title: t('my.limits.no-blocks'), text: t('my.limits.no-blocks-text') },
    addBlockHref: mayChange ? `/my/limits/find/${personId}/block` : undefined,
    list: listView(data, settings, frame),
  };
}

function limitRows(
  { guards, month, personId }: LimitsData & { readonly personId: number },
  { monthly, charge }: Settings,
  frame: ViewFrame,
): RuleRowView[] {
  const { t, format, can } = frame;
  const support = guards.people.find(({ id }) => id === personId)?.supportLimitMinor ?? null;
  const limitMinor = lowest(monthly, support);
  const spent = month.people.find(({ person }) => person.id === personId);
  const notes = [
    ...(limitMinor === null ? [t('my.limits.none-monthly-own')] : []),
    ...(support === null ? [] : [t('my.limits.support-set', { amount: format.money(support) })]),
    ...(spent
      ? [t('my.limits.spent-own', { spent: format.money(spent.booked.minor + spent.reserved.minor) })]
      : []),
  ];
  const may = can('limits:restrict');
  return [
    {
      title: t('my.limits.monthly-limit'),
      figure: amountText(limitMinor, frame),
      note: notes.join(' '),
      action: changeAction(may, { who: personId, kind: 'monthly-limit' }, frame),
    },
    {
      title: t('my.limits.charge-limit'),
      figure: amountText(charge, frame),
      note: charge === null ? t('my.limits.none-charge') : '',
      action: changeAction(may, { who: personId, kind: 'charge-limit' }, frame),
    },
  ];
}

function listView(
  { guards, personId }: LimitsData & { readonly personId: number },
  { allowed, onlyListed, later }: Settings,
  frame: ViewFrame,
): PersonLimitsView['list'] {
  const { t, format, can } = frame;
  const ends = later.find(({ kind }) => kind === 'only-listed');
  const toggleHref = `/my/limits/people/${personId}/only-listed/${onlyListed ? 'off' : 'on'}`;
  const mayToggle = onlyListed ? can('limits:permit') && !ends : can('limits:restrict');
  const row = (one: StoredSafeguard, note: string): RuleRowView => ({
    title: targetText(guards, one, frame),
    note,
    action: can('limits:restrict')
      ? { href: ruleHref(one, 'off'), label: t('my.limits.disallow') }
      : undefined,
  });
  return {
    text: ends
      ? t('my.limits.listed-ends', { date: format.date(ends.validFrom) })
      : t(onlyListed ? 'my.limits.listed-on' : 'my.limits.listed-off'),
    rows: [
      ...allowed.map((one) => row(one, t('my.limits.allowed-since', { date: format.date(one.validFrom) }))),
      ...later
        .filter(({ kind, inForce }) => kind === 'allow' && inForce)
        .map((one) => row(one, t('my.limits.allowed-from', { date: format.date(one.validFrom) }))),
    ],
    empty: {
      title: t('my.limits.listed-empty'),
      text: t(onlyListed ? 'my.limits.listed-empty-on' : 'my.limits.listed-empty-off'),
    },
    addHref: can('limits:permit') || !onlyListed ? `/my/limits/find/${personId}/allow` : undefined,
    toggle: mayToggle
      ? { href: toggleHref, label: t(onlyListed ? 'my.limits.listed-stop' : 'my.limits.listed-start') }
      : undefined,
  };
}
