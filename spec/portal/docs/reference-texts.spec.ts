import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiEndpoints } from '../../../src/api-endpoints.ts';
import { PATH_ID_DESCRIPTION } from '../../../src/api/openapi/operation.ts';
import { problemSchema } from '../../../src/http/problem.schema.ts';
import { describeIn, referenceJa } from '../../../src/portal/docs/reference-texts.ts';
import type { Schema } from '../../../src/shared/schema-type.ts';

/** Every description in a schema, however deep. */
function* descriptionsIn({ description, properties = {}, items }: Schema): Generator<string> {
  if (description !== undefined) yield description;
  for (const member of Object.values(properties)) yield* descriptionsIn(member);
  if (items) yield* descriptionsIn(items);
}

const english = new Set([
  PATH_ID_DESCRIPTION,
  ...descriptionsIn(problemSchema),
  ...apiEndpoints.flatMap(({ summary, description, documentedBody, body, query, response }) => [
    summary,
    description,
    ...[documentedBody ?? body, query, response].flatMap((schema) =>
      schema ? [...descriptionsIn(schema)] : [],
    ),
  ]),
]);

const code = (text: string): string[] => [...text.matchAll(/`[^`]+`/g)].map(([word]) => word);

describe('the reference in Japanese', () => {
  it('has every text that the operations have in English', () => {
    assert.ok(english.size > 100);
    assert.deepEqual(
      [...english].filter((text) => !referenceJa.has(text)),
      [],
    );
  });

  it('has no text whose English one is gone', () => {
    assert.deepEqual(
      [...referenceJa.keys()].filter((text) => !english.has(text)),
      [],
    );
  });

  it('names the same fields and values as in English', () => {
    for (const [text, japanese] of referenceJa) {
      for (const word of new Set(code(text))) assert.ok(japanese.includes(word), `${word}: ${japanese}`);
    }
  });

  it('is Japanese, with a full stop behind each sentence and none behind a title', () => {
    const titles = new Set(apiEndpoints.map(({ summary }) => summary));
    for (const [text, japanese] of referenceJa) {
      assert.match(japanese, /[\p{Script=Hiragana}\p{Script=Katakana}]/u);
      assert.equal(japanese.endsWith('。'), !titles.has(text), japanese);
      assert.equal(text.endsWith('.'), !titles.has(text), text);
    }
  });

  it('shows what has no Japanese text in English', () => {
    assert.equal(describeIn('ja')('No such text.'), 'No such text.');
  });
});

describe('examples of the reference', () => {
  it('name in the address what they answer with', () => {
    for (const { name, path, exampleId } of apiEndpoints) {
      assert.equal(exampleId !== undefined, path.includes(':id'), name);
    }
  });
});
