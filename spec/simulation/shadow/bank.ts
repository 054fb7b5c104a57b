import type { EventBodies } from '../history.ts';
import { payOut } from './balances.ts';
import { plusBankDays } from './calendar.ts';
import { codeOf } from './payouts.ts';
import type { Shadow, ShadowPayout, ShadowResult } from './state.ts';

/** A file of the bank: each row stands alone, and one that was known changes nothing. */
export function tellResults(shadow: Shadow, body: EventBodies['tell-results']): string {
  const rows = composeRows(shadow, body);
  shadow.lastResults = rows;
  return rows.map((row) => `${applyRow(shadow, row)} on ${row.code}`).join('; ') || 'no results';
}

function composeRows(shadow: Shadow, { says, file }: EventBodies['tell-results']): readonly ShadowResult[] {
  if (file === 'again') return shadow.lastResults;
  if (file === 'contrary') return shadow.lastResults.map(contradict);
  const made = shadow.payouts
    .filter(({ state, payOn }) => state === 'sent' && payOn <= shadow.today)
    .toSorted((a, b) => (a.run === b.run ? a.line - b.line : a.run < b.run ? -1 : 1));
  return made.flatMap(({ payOn, ...payout }, index) => {
    const word = says[index % says.length]!;
    if (word === 'nothing') return [];
    const result = word === 'returned' ? 'returned' : 'settled';
    const date = resultDate(result, payOn, shadow.today);
    return [{ code: codeOf(payout), result, date, isWrong: word === 'wrong' }];
  });
}

/** What comes back comes back the day after, or sooner. */
export function resultDate(result: ShadowResult['result'], payOn: string, today: string): string {
  const nextDay = plusBankDays(payOn, 1);
  return result === 'settled' ? payOn : nextDay < today ? nextDay : today;
}

/** The same row with the other result. */
export const contradict = <R extends Pick<ShadowResult, 'result'>>(row: R): R => ({
  ...row,
  result: row.result === 'settled' ? 'returned' : 'settled',
});

function applyRow(shadow: Shadow, { code, result, date, isWrong }: ShadowResult): string {
  const payout = shadow.payouts.find((one) => codeOf(one) === code)!;
  if (isWrong) return 'refused';
  if (payout.state !== 'sent')
    return payout.state === result && payout.resultOn === date ? result : 'refused';
  payout.state = result;
  payout.resultOn = date;
  if (result === 'returned') payOut(shadow, -payout.amount);
  else settlementOf(shadow, payout).state = 'paid';
  return result;
}

const settlementOf = ({ settlements }: Shadow, { company, period }: ShadowPayout) =>
  settlements.find((one) => one.company === company && one.period === period)!;
