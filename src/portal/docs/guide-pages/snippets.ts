import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Programs that do one call, one file a language; a spec runs each. */
export const snippetsDir = fileURLToPath(new URL('../../../../templates/docs-snippets', import.meta.url));

export const snippetNames = [
  'create-charge',
  'read-charge',
  'refund-charge',
  'list-events',
  'verify-webhook',
] as const;
export type SnippetName = (typeof snippetNames)[number];

/** Languages as readers know them, in the order of their tabs. */
export const snippetLanguages = [
  { code: 'curl', name: 'curl', ending: 'sh' },
  { code: 'node', name: 'Node.js', ending: 'mjs' },
  { code: 'python', name: 'Python', ending: 'py' },
  { code: 'php', name: 'PHP', ending: 'php' },
  { code: 'ruby', name: 'Ruby', ending: 'rb' },
] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

/** The address of the service in the files. */
export const SNIPPET_ORIGIN = 'https://pay.example';

export function isSnippetName(text: string): text is SnippetName {
  return (snippetNames as readonly string[]).includes(text);
}

/** A program as its file has it, for the service at this address. */
export function readSnippet(name: SnippetName, { ending }: SnippetLanguage, origin: string): string {
  const text = readFileSync(join(snippetsDir, `${name}.${ending}`), 'utf8');
  return text.replaceAll(SNIPPET_ORIGIN, origin).trimEnd();
}
