/**
 * Whether two names are of one holder: compared by what they say, not by how they are typed. Full-width and half-width
 * forms are alike (NFKC), and so are dashes and waves, which converters of Shift_JIS choose differently; blanks and what
 * is not seen, such as the selector of a variant of a letter, do not count.
 */
export function isSameHolder(left: string, right: string): boolean {
  return left === right || normalise(left) === normalise(right);
}

const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]+/gu;
const DASHES = /[\p{Dash_Punctuation}\u2212]/gu;

function normalise(name: string): string {
  return name.normalize('NFKC').replaceAll('\u301c', '~').replaceAll(DASHES, '-').replaceAll(UNSEEN, '');
}
