import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { apiEndpoints } from '../../../src/api-endpoints.ts';
import { emptySchema } from '../../../src/api/define-endpoint.ts';
import { curlOf } from '../../../src/portal/docs/curl.rules.ts';
import { fieldRows } from '../../../src/portal/docs/field-rows.rules.ts';
import { problemGroups, problemGuides } from '../../../src/portal/docs/guides/problem-guides.ts';
import { highlightJson } from '../../../src/portal/docs/highlight-json.rules.ts';
import { inlineCode } from '../../../src/portal/docs/inline-code.rules.ts';
import { describeIn } from '../../../src/portal/docs/reference-texts.ts';
import { referenceObjects } from '../../../src/portal/docs/reference-objects.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { problems, type ProblemCode } from '../../../src/shared/problem.ts';

const words = { t: translator('en'), describe: describeIn('en') };

describe('field rows', () => {
  it('tell type, limits and default in words', () => {
    const rows = fieldRows(
      {
        type: 'object',
        properties: {
          amount: { type: 'integer', minimum: 1, maximum: 9_999_999, description: 'In `yen`.' },
          day: { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 31] },
          kind: { enum: ['a', 'b'] },
          month: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}$' },
          id: { type: 'string', pattern: '^ch_[0-9]{26}$' },
          limit: { type: 'integer', minimum: 1, default: 20 },
          uses: { type: 'array', maxItems: 5, items: { type: 'object', title: 'Use', properties: {} } },
        },
        required: ['amount', 'limit'],
      },
      words,
    );
    assert.deepEqual(
      rows.map(({ name, type, isOptional, limits }) => [name, type, isOptional, limits]),
      [
        ['amount', 'integer', false, '1 to 9,999,999'],
        ['day', 'integer', true, '<code>1–10</code>, <code>31</code>'],
        ['kind', 'string', true, '<code>a</code>, <code>b</code>'],
        ['month', 'string or null', true, '<code>YYYY-MM</code>'],
        ['id', 'string', true, '<code>ch_…</code>'],
        ['limit', 'integer', true, '1 or more; <code>20</code> by default'],
        ['uses', 'array of Use', true, 'at most 5 items'],
      ],
    );
    assert.equal(rows[0]?.meaning, 'In <code>yen</code>.');
    assert.equal(rows[6]?.typeHref, '#object-Use');
  });

  it('have a meaning for every field of the API', () => {
    const schemas = apiEndpoints.flatMap(({ name, documentedBody, body, query, response }) =>
      [documentedBody ?? body ?? emptySchema, query ?? emptySchema, response].map((schema) => ({
        name,
        schema,
      })),
    );
    for (const [name, schema] of referenceObjects(apiEndpoints)) schemas.push({ name, schema });
    for (const { name, schema } of schemas) {
      for (const row of fieldRows(schema, words)) {
        assert.ok(row.meaning !== '' || row.typeHref !== undefined, `${name}: ${row.name}`);
      }
    }
  });
});

describe('examples', () => {
  it('keep their JSON whatever the colours', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = highlightJson(value)
          .replaceAll(/<\/?span[^>]*>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        assert.equal(text, JSON.stringify(value, null, 2));
      }),
    );
  });

  it('tell names, texts and figures apart', () => {
    const html = highlightJson({ amount: -5, text: '"1": <b>', none: null });
    assert.match(
      html,
      /<span class="json-name">&quot;amount&quot;<\/span>: <span class="json-figure">-5<\/span>/,
    );
    assert.match(html, /<span class="json-text">&quot;\\&quot;1\\&quot;: &lt;b&gt;&quot;<\/span>/);
    assert.match(html, /<span class="json-figure">null<\/span>/);
  });

  it('can be pasted into a shell', () => {
    const text = curlOf({ method: 'POST', url: 'https://x.example/v1', key: 'k', body: { text: "it's" } });
    assert.ok(
      text.startsWith('curl -X POST https://x.example/v1 \\\n  -H "Authorization: Bearer $TABANE_KEY"'),
    );
    assert.ok(text.endsWith(`-d '{\n  "text": "it'\\''s"\n}'`));
    const list = curlOf({ method: 'GET', url: 'https://x.example/v1?limit=20' });
    assert.ok(list.startsWith("curl 'https://x.example/v1?limit=20' "));
  });
});

describe('guides to problems', () => {
  it('are grouped so that each is in one place, and those of the API under the API', () => {
    const grouped = Object.values(problemGroups).flat();
    assert.deepEqual([...grouped].sort(), Object.keys(problems).sort());
    const ofApi = new Set<ProblemCode>(
      [problemGroups.sale, problemGroups.refund, problemGroups.event, problemGroups.request].flat(),
    );
    for (const { name, problems: own } of apiEndpoints) {
      for (const code of own) assert.ok(ofApi.has(code), `${name}: ${code}`);
    }
  });

  it('have balanced marks, and sentences in both languages', () => {
    for (const [code, { titleJa, when, todo }] of Object.entries(problemGuides)) {
      assert.notEqual(titleJa, '', code);
      for (const { ja, en } of [when, todo]) {
        for (const text of [ja, en]) assert.doesNotMatch(inlineCode(text), /`/, code);
        assert.match(ja, /。$/, code);
        assert.match(en, /\.$/, code);
      }
    }
  });
});

describe('words in backticks', () => {
  it('become code, and nothing becomes markup', () => {
    assert.equal(inlineCode('`<a>` & "b"'), '<code>&lt;a&gt;</code> &amp; &quot;b&quot;');
  });
});
