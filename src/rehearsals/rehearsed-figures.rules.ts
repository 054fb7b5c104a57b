import type { SettlementFigures } from '../settlements/settlement.rules.ts';

/** What the night would do with a company; README has each in words. */
export const rehearsedOutcomes = ['drafted', 'waits', 'uncollected', 'cut', 'refused'] as const;
export type RehearsedOutcome = (typeof rehearsedOutcomes)[number];

/** Figures of a settlement that are kept, and compared with the real one. */
export const comparedFigures = [
  'billedMinor',
  'refundedMinor',
  'lineCount',
  'itemCount',
  'feeBranch',
  'feeExTaxMinor',
  'feeTaxMinor',
  'setUpExTaxMinor',
  'setUpTaxMinor',
  'commissionMinor',
  'clawbackMinor',
  'recoveryMinor',
  'carriedInMinor',
  'transferFeeMinor',
  'payoutMinor',
  'carriedOutMinor',
  'tariffCode',
  'payoutOn',
] as const satisfies readonly (keyof SettlementFigures)[];
export type ComparedFigure = (typeof comparedFigures)[number];

/** The figures as they are kept: all as text, so that amounts stay exact. */
export type WrittenFigures = Readonly<Record<ComparedFigure, string>>;

/** What a rehearsal of an earlier release has not written. */
const LATER: Partial<WrittenFigures> = { commissionMinor: '0' };

export function writeFigures(figures: Pick<SettlementFigures, ComparedFigure>): WrittenFigures {
  return Object.fromEntries(comparedFigures.map((name) => [name, String(figures[name])])) as WrittenFigures;
}

/** A figure that is not what it was. */
export interface ChangedFigure {
  readonly figure: ComparedFigure;
  readonly rehearsed: string;
  readonly real: string;
}

/** What differs between what was rehearsed and what became of it. */
export function compareRehearsed(
  rehearsed: WrittenFigures,
  real: Pick<SettlementFigures, ComparedFigure>,
): readonly ChangedFigure[] {
  const written = writeFigures(real);
  return comparedFigures
    .map((figure) => ({
      figure,
      rehearsed: rehearsed[figure] ?? LATER[figure] ?? '',
      real: written[figure],
    }))
    .filter((compared) => compared.rehearsed !== compared.real);
}
