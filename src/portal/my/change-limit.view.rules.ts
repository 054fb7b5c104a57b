import { Problem } from '../../shared/problem.ts';
import { permitsMore, validFromOf, valueOn } from '../../safeguards/safeguard.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { moneyField } from '../kit/form-fields.ts';
import type { FormState } from '../kit/form-state.ts';
import { amountText, LINE, whoText } from './limit-words.rules.ts';
import { lowest, type LimitsData } from './limits.view.rules.ts';
import type { CrumbView, FactView } from './my-parts.rules.ts';

/** More than any line may spend; a longer number is a slip of the finger. */
export const MAX_TYPED_MINOR = 1_000_000n;

export const amountField = moneyField('my.limit.amount', { max: MAX_TYPED_MINOR });

export interface ChangeLimitData extends LimitsData {
  readonly subscriberId: number | null;
  readonly kind: 'monthly-limit' | 'charge-limit';
  /** What was typed, to be looked at before it is changed. */
  readonly amount: string | undefined;
  readonly none: boolean;
}

export interface ChangeLimitView extends PageView {
  readonly heading: string;
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly now: string;
  readonly path: string;
  readonly typed: string;
  /** The typed amount, if it is none. */
  readonly refused: FormState | undefined;
  readonly removeHref: string | undefined;
  readonly preview: PreviewView | undefined;
  readonly notes: readonly string[];
}

interface PreviewView {
  readonly facts: readonly FactView[];
  readonly notes: readonly string[];
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** The form of one limit and, once an amount was typed, what it would change and from when. */
export function changeLimitView(data: ChangeLimitData, frame: ViewFrame): ChangeLimitView {
  const { t } = frame;
  const { guards, subscriberId, kind, amount, none } = data;
  const who = whoText(guards, subscriberId, frame);
  const heading = t('my.limit.title', { what: t(`my.limits.${kind}`) });
  const current = valueOn(guards.rows, subjectOf(data), guards.businessDate).limitMinor;
  const reading = none || amount === undefined ? undefined : amountField.read(amount);
  const refused = reading && 'fault' in reading ? refusedOf(amount ?? '', reading.fault, frame) : undefined;
  const wanted = none ? null : reading && 'value' in reading ? reading.value : undefined;
  const isSame = wanted !== undefined && wanted === current;
  const cannot = wanted !== undefined && !isSame && !mayChange(data, wanted, frame);
  return {
    title: refused ? t('kit.error-title', { title: heading }) : heading,
    ...(refused && { responseStatus: 422 }),
    heading,
    crumbs: crumbsOf(data, who, frame),
    lead: t('my.limit.for', { who }),
    now: currentText(data, current, frame),
    path: pathOfLimit(data),
    typed: amount ?? '',
    refused,
    removeHref: current !== null && frame.can('limits:permit') ? `${pathOfLimit(data)}?none=1` : undefined,
    preview:
      wanted === undefined || isSame || cannot ? undefined : previewOf({ ...data, wanted, current }, frame),
    notes: [...(isSame ? [t('my.limit.unchanged')] : []), ...(cannot ? [t('my.limit.cannot')] : [])],
  };
}

export const pathOfLimit = ({ subscriberId, kind }: Pick<ChangeLimitData, 'subscriberId' | 'kind'>): string =>
  `/my/limits/change/${subscriberId ?? LINE}/${kind}`;

const subjectOf = ({ kind, subscriberId }: ChangeLimitData) =>
  ({ kind, subscriberId, companyId: null, serviceId: null }) as const;

const changeOf = (data: ChangeLimitData, wanted: bigint | null) => ({
  rows: data.guards.rows,
  subject: subjectOf(data),
  value: { limitMinor: wanted, inForce: wanted !== null },
  businessDate: data.guards.businessDate,
});

function mayChange(data: ChangeLimitData, wanted: bigint | null, { can }: ViewFrame): boolean {
  return can('limits:permit') || !permitsMore(changeOf(data, wanted));
}

function refusedOf(
  amount: string,
  {
    key,
    facts,
  }: {
    readonly key: Parameters<ViewFrame['t']>[0];
    readonly facts?: Readonly<Record<string, string | number>>;
  },
  { t }: ViewFrame,
): FormState {
  const error = { field: 'amount', label: t('my.limit.amount'), message: t(key, facts) };
  return { name: 'my.limit', values: { amount }, errors: [error] };
}

function crumbsOf({ guards, subscriberId }: ChangeLimitData, who: string, { t }: ViewFrame): CrumbView[] {
  if (subscriberId !== null && !guards.people.some(({ id }) => id === subscriberId))
    throw new Problem('subscriber-not-found');
  return [
    { href: '/my/limits', label: t('my.limits.title') },
    ...(subscriberId === null ? [] : [{ href: `/my/limits/people/${subscriberId}`, label: who }]),
  ];
}

/** What applies now: of the line's month, with the limits that others set. */
function currentText(
  { subscriberId, kind, lineLimit }: ChangeLimitData,
  current: bigint | null,
  frame: ViewFrame,
) {
  if (subscriberId === null && kind === 'monthly-limit') return frame.format.money(lineLimit.limitMinor);
  return amountText(current, frame);
}

function previewOf(
  data: ChangeLimitData & { readonly wanted: bigint | null; readonly current: bigint | null },
  frame: ViewFrame,
): PreviewView {
  const { t, format } = frame;
  const { guards, subscriberId, wanted, current } = data;
  const change = changeOf(data, wanted);
  const later = permitsMore(change);
  const when = { date: format.date(validFromOf(change)) };
  return {
    facts: [
      { label: t('my.limit.who'), text: whoText(guards, subscriberId, frame) },
      { label: t('my.limit.before'), text: amountText(current, frame) },
      { label: t('my.limit.after'), text: amountText(wanted, frame) },
      {
        label: t('my.limit.when'),
        text: t(later ? 'my.limit.tomorrow-from' : 'my.limit.now-from', when),
      },
    ],
    notes: [...(later ? [t('my.limit.tomorrow-undo')] : []), ...warningsOf(data, frame)],
    fields: [wanted === null ? { name: 'none', value: 'on' } : { name: 'amount', value: String(wanted) }],
  };
}

/** That another limit is lower all the same, or that more has been spent already. */
function warningsOf(
  {
    kind,
    subscriberId,
    lineLimit,
    month,
    guards,
    wanted,
  }: ChangeLimitData & { readonly wanted: bigint | null },
  { t, format }: ViewFrame,
): string[] {
  if (kind !== 'monthly-limit') return [];
  const notes: string[] = [];
  const isOfOthers = lineLimit.source !== 'line' && subscriberId === null;
  if (isOfOthers && (wanted === null || wanted > lineLimit.limitMinor))
    notes.push(t('my.limit.no-effect', { amount: format.money(lineLimit.limitMinor) }));
  const own = month.people.find(({ person }) => person.id === subscriberId);
  const sums = subscriberId === null ? month.totals : own;
  const spent = sums ? sums.booked.minor + sums.reserved.minor : 0n;
  const limitMinor = lowest(
    wanted,
    guards.people.find(({ id }) => id === subscriberId)?.supportLimitMinor ?? null,
  );
  if (limitMinor !== null && spent > limitMinor) {
    const until = format.date(month.period.closesOn);
    notes.push(t('my.limit.below-spent', { spent: format.money(spent), until }));
  }
  return notes;
}
