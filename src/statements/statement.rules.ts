import type { Config } from '../../config/config.ts';
import type {
  StatementIssuer,
  StatementRateTotal,
  StatementRecipient,
  StatementTax,
} from '../../templates/statement/statement.types.ts';
import type { Locale } from '../shared/money.ts';
import { includedTax } from '../shared/tax.rules.ts';

const POSTAL_CODE = /^〒?\s*(\d{3}-\d{4})[\s　]*/u;

/** The carrier as the issuer of a statement; the first word of its Japanese contact is the desk, the rest how to reach it. */
export function describeIssuer(carrier: Config['carrier'], language: Locale): StatementIssuer {
  const { address, registrationNumber } = carrier;
  if (language === 'en') {
    const { nameEn: name, contactEn: department } = carrier;
    return { name, ...splitAddress(address), registrationNumber, department, phone: '', email: '' };
  }
  const { name, contact } = carrier;
  const [department = '', ...phone] = contact.split(' ');
  return {
    name,
    ...splitAddress(address),
    registrationNumber,
    department,
    phone: phone.join(' '),
    email: '',
  };
}

interface RegisteredCompany {
  readonly name: string;
  readonly code: string;
  readonly address: string;
  readonly registrationNumber: string | null;
  readonly registeredFrom: string | null;
  readonly registeredTo: string | null;
}

/** A company as the recipient; its registration number only when it is in force on the day (end excluded). */
export function describeRecipient(company: RegisteredCompany, day: string): StatementRecipient {
  const { name, code, registeredFrom, registeredTo } = company;
  const inForce = (registeredFrom ?? '') <= day && (registeredTo === null || day < registeredTo);
  const registrationNumber = inForce ? company.registrationNumber : null;
  return { name, code, ...splitAddress(company.address), registrationNumber };
}

/** Addresses are kept as one text, with the postal code in front where it is known. */
function splitAddress(text: string): { postalCode: string; address: string } {
  const postalCode = POSTAL_CODE.exec(text)?.[1] ?? '';
  return { postalCode, address: postalCode === '' ? text : text.replace(POSTAL_CODE, '') };
}

/** Totals of a statement by tax rate; the included tax is rounded once on each total (domain.md section 5). */
export function sumByRate(
  settlementLines: readonly (StatementTax & { readonly totalMinor: bigint })[],
): StatementRateTotal[] {
  const groups = Map.groupBy(settlementLines, (line) => `${line.taxCode}/${line.taxRateBps}`);
  return [...groups.values()]
    .map((group) => {
      const [{ taxCode, taxRateBps } = { taxCode: 'standard' as const, taxRateBps: 0 }] = group;
      const totalMinor = group.reduce((sum, line) => sum + line.totalMinor, 0n);
      return { taxCode, taxRateBps, totalMinor, taxMinor: includedTax(totalMinor, taxRateBps) };
    })
    .sort((a, b) =>
      a.taxCode === b.taxCode ? b.taxRateBps - a.taxRateBps : a.taxCode === 'standard' ? -1 : 1,
    );
}
