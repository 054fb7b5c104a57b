import { resultFaultKeys, type ResultFaultKey } from './result-fault-keys.ts';
import type { Translate } from '../../messages/translate.ts';

/** The sentences of a list of refused rows, which is a file in English, and the text that says the same to the reader. */
const sentences: Readonly<Record<ResultFaultKey, RegExp>> = {
  columns: /^has (?<have>\d+) columns, and the header (?<header>\d+)$/,
  digits: /^(?<column>\w+) must be (?:up to )?10 digits, not "(?<value>.*)"$/s,
  'amount-form': /^amount must be .+, not "(?<value>.*)"$/s,
  result: /^result must be settled or returned, not "(?<value>.*)"$/s,
  date: /^date must be a date, YYYY-MM-DD, not "(?<value>.*)"$/s,
  'reason-missing': /^a returned transfer needs its reason$/,
  'reason-given': /^a settled transfer has no reason$/,
  'reason-text': /^reason must be readable text of up to (?<max>\d+) characters$/,
  unknown: /^there is no payout (?<code>\S+)$/,
  'not-sent': /^payout (?<code>\S+) was not sent$/,
  amount: /^payout (?<code>\S+) is of (?<amount>\S+), not (?<given>\S+)$/,
  early: /^payout (?<code>\S+) is transferred on (?<day>\S+), not before$/,
  future: /^(?<day>\S+) is after today$/,
  known: /^payout (?<code>\S+) is (?:settled|returned) since (?<day>\S+) already$/,
};

/** Why a row was refused, in the reader's language; a sentence of another release stays as it is. */
export function resultFaultText(fault: string, t: Translate): string {
  for (const key of resultFaultKeys) {
    const match = sentences[key].exec(fault);
    if (match) return t(`billing.payouts.fault.${key}`, match.groups ?? {});
  }
  return fault;
}
