const MAX_WORDS = 8;

/** The words of a search as they are compared: NFKC, so full-width blanks and half-width kana are what they look like. */
export function findWords(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .split(/\s+/)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** A pattern for LIKE … ESCAPE '!' that finds a word anywhere; its own % and _ are ordinary characters. */
export function likePattern(word: string): string {
  return `%${word.replaceAll(/[!%_]/g, '!$&')}%`;
}
