import type { Locale } from '../../../shared/money.ts';

type InBothLanguages = Readonly<Record<Locale, string>>;

/** The explanation of a problem for its readers. Words in backticks are shown as code. */
export interface ProblemGuide {
  /** The title in Japanese; the English one is that of the problem itself. */
  readonly titleJa: string;
  /** When it happens. */
  readonly when: InBothLanguages;
  /** What to do about it. */
  readonly todo: InBothLanguages;
}
