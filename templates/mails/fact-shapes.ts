/**
 * The shapes a fact of a mail has, with their types in a program.
 *
 * - `text`: one line; `lines`: what a person wrote, several lines
 * - `names`: a name in both languages, of which the mail takes its own
 * - `money`: minor units; `count`: a whole number; `flag`: yes or no
 * - `instant`, `date` (`2026-05-01`), `month` (`2026-05`)
 * - `url`: an absolute address; `secret`, `secret-url`: a code or an address that lets somebody in, stored encrypted
 */
export interface FactTypes {
  readonly text: string;
  readonly lines: string;
  readonly names: { readonly ja: string; readonly en: string };
  readonly money: bigint;
  readonly count: number;
  readonly flag: boolean;
  readonly instant: Date;
  readonly date: string;
  readonly month: string;
  readonly url: string;
  readonly secret: string;
  readonly 'secret-url': string;
}

export type PlainShape = keyof FactTypes;

/** A shape, one that may be null, or one of some words. */
export type FactShape = PlainShape | `${PlainShape}?` | readonly string[];

/** The type of a fact of a shape. */
export type FactOf<Shape> = Shape extends readonly (infer Word)[]
  ? Word
  : Shape extends `${infer Plain extends PlainShape}?`
    ? FactTypes[Plain] | null
    : Shape extends PlainShape
      ? FactTypes[Shape]
      : never;

/** Whether a fact lets its reader in, so that it is stored encrypted and only until the mail is sent. */
export function isSecret(shape: FactShape): boolean {
  return shape === 'secret' || shape === 'secret-url';
}
