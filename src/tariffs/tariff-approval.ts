import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import { addVersion, checkVersion, lockVersions, type AddTariff } from './add-version.ts';
import { describeTariff } from './tariff-wording.rules.ts';

/** The next version of a tariff: from its day on it changes the fee of each company whose contract names the tariff. */
export const tariffApproval: ApprovalKind<AddTariff> = {
  kind: 'tariff.add',
  propose: 'tariffs:propose',
  approve: 'tariffs:approve',
  readInput: (stored) => stored as unknown as AddTariff,
  async lockSubject(tx, { code }) {
    return { subject: `tariff:${code}`, version: { versions: await lockVersions(tx, code) } };
  },
  async preview(tx, input) {
    const latest = await checkVersion(tx, input);
    return changesBetween(latest ? describe(latest) : {}, describe(input));
  },
  async execute(tx, authority, input) {
    await addVersion(tx, authority, input);
  },
};

/** What a checker compares: the fee in words, and each component, also one that is left out. */
function describe({ validFrom, name, nameEn, definition }: AddTariff) {
  const { monthlyBaseMinor, percentBps, perLineMinimumMinor, perItem, bands, partnerCommissionBps } =
    definition;
  const fee = describeTariff(definition, 'en');
  const amounts = { monthlyBaseMinor, percentBps, perLineMinimumMinor, partnerCommissionBps };
  const steps = { perItem: perItem && JSON.stringify(perItem), bands: JSON.stringify(bands) };
  const feeJa = describeTariff(definition, 'ja');
  return { validFrom, name, nameEn, fee, feeJa, ...amounts, ...steps };
}
