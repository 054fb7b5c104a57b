import type { MailFormat } from './mail-format.ts';
import type { MailFacts, MailKindName } from './mail-kinds.ts';

/** A label and its value; rows without a value are left out. */
export type Row = readonly [label: string, value: string | null];

/** One part of a mail. The text and the HTML body are both made of these, so that they say the same. */
export type MailBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** The one figure the mail is about. */
  | { readonly kind: 'figure'; readonly label: string; readonly value: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [label: string, value: string])[] }
  /** A code to type. */
  | { readonly kind: 'code'; readonly label: string; readonly code: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** What a person wrote, line by line. */
  | { readonly kind: 'quote'; readonly label: string; readonly text: string }
  /** What to do if something is wrong. */
  | { readonly kind: 'warning'; readonly title: string; readonly text: string };

export interface MailContent {
  /** Never with a code in it: subjects are shown on locked screens. */
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
  /** Why the reader gets this mail, one sentence. */
  readonly why: string;
}

type Write<Kind extends MailKindName> = (facts: MailFacts<Kind>, format: MailFormat) => MailContent;

/** A mail in both languages. Pure: facts in, content out. */
export interface MailTemplate<Kind extends MailKindName> {
  readonly ja: Write<Kind>;
  readonly en: Write<Kind>;
}

export const text = (words: string): MailBlock => ({ kind: 'text', text: words });

export const rows = (...all: readonly Row[]): MailBlock => ({
  kind: 'rows',
  rows: all.filter((row): row is readonly [string, string] => row[1] !== null),
});

export const link = (label: string, url: string): MailBlock => ({ kind: 'link', label, url });

export const warning = (title: string, words: string): MailBlock => ({ kind: 'warning', title, text: words });
