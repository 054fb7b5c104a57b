/**
 * Whether two names are of one holder: compared by what they say, not by how they are typed. Full-width and half-width
 * forms are alike (NFKC), and blanks do not count.
 */
export function isSameHolder(left: string, right: string): boolean {
  return left === right || normalise(left) === normalise(right);
}

function normalise(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, '');
}
