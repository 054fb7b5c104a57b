/**
 * Whether two names belong to one holder, however they are typed. Full-width and half-width forms are equal (NFKC), and so
 * are dashes and waves, which converters of Shift_JIS choose differently. Blanks and invisible characters, such as variation
 * selectors, are ignored.
 */
export function isSameHolder(left: string, right: string): boolean {
  return left === right || normalise(left) === normalise(right);
}

const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]+/gu;
const DASHES = /[\p{Dash_Punctuation}\u2212]/gu;

function normalise(name: string): string {
  return name.normalize('NFKC').replaceAll('\u301c', '~').replaceAll(DASHES, '-').replaceAll(UNSEEN, '');
}
