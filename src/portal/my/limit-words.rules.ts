import type { Names, SafeguardsOfLine } from '../../safeguards/safeguards-of-line.queries.ts';
import type { StoredSafeguard } from '../../safeguards/tenure-safeguards.queries.ts';
import { safeguardsOn, scheduledAfter, subjectKey } from '../../safeguards/safeguard.rules.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** Whom a setting is about, in an address: `line`, or the number of an issued ID. */
export const LINE = 'line';

/** A name in the reader's language. */
export const nameIn = ({ name, nameEn }: Names, { language }: Pick<ViewFrame, 'language'>): string =>
  language === 'ja' ? name : nameEn;

/** `花子様`, or the whole line. */
export function whoText(
  { people }: Pick<SafeguardsOfLine, 'people'>,
  subscriberId: number | null,
  { t }: ViewFrame,
): string {
  if (subscriberId === null) return t('my.limits.line');
  return people.find(({ id }) => id === subscriberId)?.displayName ?? '';
}

/** `株式会社東雲・しののめ動画`, or all services of the company. */
export function targetText(
  { companies, services }: Pick<SafeguardsOfLine, 'companies' | 'services'>,
  { companyId, serviceId }: Pick<StoredSafeguard, 'companyId' | 'serviceId'>,
  frame: ViewFrame,
): string {
  const company = companies.get(companyId ?? 0);
  const service = services.get(serviceId ?? 0);
  return sellerName(company && nameIn(company, frame), service && nameIn(service, frame), frame);
}

/** A seller as settings name it; without a service, all of the company's. */
export function sellerName(
  company: string | undefined,
  service: string | undefined,
  { t }: ViewFrame,
): string {
  if (service === undefined) return t('my.limits.all-services', { company: company ?? '' });
  return t('my.limits.one-service', { company: company ?? '', service });
}

/** An amount, or that there is none. */
export const amountText = (limitMinor: bigint | null, { t, format }: ViewFrame): string =>
  limitMinor === null ? t('my.limits.none') : format.money(limitMinor);

/** What a setting changes, in one line. */
export function changeText(guards: SafeguardsOfLine, row: StoredSafeguard, frame: ViewFrame): string {
  const { t } = frame;
  const who = whoText(guards, row.subscriberId, frame);
  switch (row.kind) {
    case 'monthly-limit':
    case 'charge-limit':
      return t('my.limits.change-amount', {
        who,
        what: t(`my.limits.${row.kind}`),
        before: amountText(previousLimit(guards, row), frame),
        after: amountText(row.limitMinor, frame),
      });
    case 'block':
    case 'allow': {
      const target = targetText(guards, row, frame);
      if (row.kind === 'block')
        return t(row.inForce ? 'my.limits.change-block' : 'my.limits.change-unblock', { who, target });
      return t(row.inForce ? 'my.limits.change-allow' : 'my.limits.change-disallow', { who, target });
    }
    case 'only-listed':
      return t(row.inForce ? 'my.limits.change-listed' : 'my.limits.change-free', { who });
    default:
      return row.kind satisfies never;
  }
}

/** What the same subject was set to before. */
function previousLimit({ rows }: SafeguardsOfLine, row: StoredSafeguard): bigint | null {
  const key = subjectKey(row);
  const before = rows.filter((other) => other.version < row.version && subjectKey(other) === key);
  return before.at(-1)?.limitMinor ?? null;
}

/** What is in force and what is scheduled, for one ID or the line. */
export function settingsOf({ rows, businessDate }: SafeguardsOfLine, subscriberId: number | null) {
  const own = rows.filter((row) => row.subscriberId === subscriberId);
  const now = safeguardsOn(own, businessDate);
  const later = scheduledAfter(own, businessDate);
  const find = (kind: StoredSafeguard['kind']) => now.find((row) => row.kind === kind);
  return {
    monthly: find('monthly-limit')?.limitMinor ?? null,
    charge: find('charge-limit')?.limitMinor ?? null,
    blocks: now.filter(({ kind }) => kind === 'block'),
    allowed: now.filter(({ kind }) => kind === 'allow'),
    onlyListed: find('only-listed') !== undefined,
    later,
  };
}

export type Settings = ReturnType<typeof settingsOf>;
