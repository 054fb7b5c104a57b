import type { Locale } from '../../shared/money.ts';
import { en } from './en.ts';
import { ja, type MessageKey, type Messages } from './ja.ts';

export type { MessageKey } from './ja.ts';

export const languages = ['ja', 'en'] as const satisfies readonly Locale[];

const texts: Readonly<Record<Locale, Messages>> = { ja, en };

/** A text of the pages in one language, with its facts filled in. */
export type Translate = (key: MessageKey, facts?: Readonly<Record<string, string | number>>) => string;

/** The texts of a language. A fact that a text asks for and nobody gives is a bug and throws. */
export function translator(language: Locale): Translate {
  return (key, facts = {}) =>
    texts[language][key].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const fact = facts[name];
      if (fact === undefined) throw new Error(`the text ${key} needs the fact ${name}`);
      return String(fact);
    });
}

export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(ja, text);
}
