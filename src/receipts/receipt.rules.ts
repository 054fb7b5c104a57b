import type { Receipt } from '../../templates/receipt/receipt.types.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { includedTax } from '../shared/tax.rules.ts';

/** An instant as a receipt has it, in the carrier's time zone: `2026-05-01 12:34`. */
export function writeLocalTime(instant: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${businessDateOf(instant, timeZone)} ${time.format(instant)}`;
}

/** An issued ID without its middle, so that a paper that is lost is of no use for signing in: `F123…8901`. */
export function shortenIssuedId(issuedId: string): string {
  return issuedId.length <= 8 ? issuedId : `${issuedId.slice(0, 4)}…${issuedId.slice(-4)}`;
}

interface Registration {
  readonly registrationNumber: string | null;
  readonly registeredFrom: string | null;
  readonly registeredTo: string | null;
}

/** The registration number of a seller if it was in force on the supply date (end excluded). */
export function registrationOn(
  { registrationNumber, registeredFrom, registeredTo }: Registration,
  date: string,
): string | null {
  const isInForce = (registeredFrom ?? '') <= date && (registeredTo === null || date < registeredTo);
  return isInForce ? registrationNumber : null;
}

interface Supply {
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number | null;
  readonly businessDate: string | null;
  readonly capturedMinor: bigint | null;
}

/** The tax in one purchase, whose rate its supply date has fixed; none before that. */
export function taxOfPurchase({ taxCode, taxRateBps, businessDate, capturedMinor }: Supply): Receipt['tax'] {
  if (taxRateBps === null || businessDate === null || capturedMinor === null) return undefined;
  const taxMinor = includedTax(capturedMinor, taxRateBps);
  return { taxCode, taxRateBps, suppliedOn: businessDate, taxMinor };
}
