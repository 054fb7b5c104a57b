import type { Locale } from '../../shared/money.ts';
import { samplesEn } from './samples-en.ts';
import { samplesJa } from './samples-ja.ts';

/** Texts of the page of components: as long, as short and as missing as those of real pages can be. */
export interface Samples {
  readonly lead: string;
  readonly headings: Readonly<
    Record<'notices' | 'actions' | 'fields' | 'refused' | 'facts' | 'lists' | 'messages' | 'nothing', string>
  >;
  readonly word: string;
  readonly sentence: string;
  readonly long: string;
  /** One word that no line holds. */
  readonly unbroken: string;
  readonly name: string;
  readonly hint: string;
  readonly amount: string;
  readonly unit: string;
  readonly fault: string;
  readonly yes: string;
  readonly no: string;
  readonly when: string;
}

export const samples: Readonly<Record<Locale, Samples>> = { ja: samplesJa, en: samplesEn };
