import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scopes } from '../../src/companies/scopes.ts';
import { pagesDir } from '../../src/portal/kit/assets.ts';
import { en } from '../../src/portal/messages/en.ts';
import { ja, type MessageKey } from '../../src/portal/messages/ja.ts';
import { isMessageKey, translator } from '../../src/portal/messages/translate.ts';

const factsOf = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('texts of the pages', () => {
  it('are the same in number and name in both languages', () => {
    assert.deepEqual(Object.keys(en).sort(), Object.keys(ja).sort());
  });

  it('ask for the same facts in both languages and are never empty', () => {
    for (const key of Object.keys(ja) as MessageKey[]) {
      assert.deepEqual(factsOf(en[key]), factsOf(ja[key]), key);
      assert.notEqual(ja[key].trim(), '', key);
      assert.notEqual(en[key].trim(), '', key);
    }
  });

  it('have no name of a program in them', () => {
    for (const key of Object.keys(en) as MessageKey[]) {
      assert.doesNotMatch(en[key].replaceAll(/\{\w+\}/g, ''), /\b(?!OpenAPI)\w*[a-z][A-Z]\w*/, key);
    }
  });

  it('say of every scope of an API key what it permits', () => {
    for (const scope of scopes) assert.equal(isMessageKey(`company.keys.scope.${scope}`), true, scope);
  });

  it('are there for every key that a template names', () => {
    const templates = readdirSync(pagesDir, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.eta'),
    );
    assert.ok(templates.length >= 5);
    for (const file of templates) {
      const source = readFileSync(join(pagesDir, file), 'utf8');
      for (const [, key = ''] of source.matchAll(/it\.t\('([^']+)'\)/g)) {
        assert.equal(isMessageKey(key), true, `${file}: ${key}`);
      }
    }
  });

  it('take their facts as they are, once', () => {
    const t = translator('en');
    assert.equal(t('order.up-to', { amount: '{amount}' }), 'Up to {amount}');
    assert.throws(() => t('order.up-to'), /needs the fact amount/);
  });
});
