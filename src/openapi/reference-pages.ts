import type { AnyEndpoint } from '../http/endpoint.ts';
import { escapeHtml, renderPlainPage } from '../http/plain-page.ts';
import { problems } from '../shared/problem.ts';
import type { ProblemCode } from '../shared/problem.ts';

/** The operations at a glance, with the requests that show how they are used. */
export function renderApiPage(endpoints: readonly AnyEndpoint[]): string {
  return renderPlainPage('API', [
    '<h1>API</h1>',
    '<p>Every detail is in <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1);',
    'refusals are listed under <a href="/problems">problems</a>.</p>',
    ...endpoints.map(renderEndpoint),
  ]);
}

function renderEndpoint({ method, path, summary, description, scope, exampleBody }: AnyEndpoint): string {
  const parts = [
    `<h2><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2>`,
    `<p>${escapeHtml(summary)}. ${escapeHtml(description ?? '')} Scope <code>${scope}</code>.</p>`,
  ];
  if (exampleBody !== undefined) parts.push(`<pre>${escapeHtml(JSON.stringify(exampleBody, null, 2))}</pre>`);
  return parts.join('\n');
}

/** All codes on one page. */
export function renderProblemsPage(): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title }]) =>
      `<tr><td>${status}</td><td><a href="/problems/${code}">${code}</a></td><td>${escapeHtml(title)}</td></tr>`,
  );
  return renderPlainPage('Problems', ['<h1>Problems</h1>', '<table>', ...rows, '</table>']);
}

/** Where the `type` of a problem leads. */
export function renderProblemPage(code: ProblemCode): string {
  const { status, title } = problems[code];
  return renderPlainPage(code, [
    `<h1>${code}</h1>`,
    `<p>${escapeHtml(title)}.</p>`,
    `<p>HTTP status ${status}. <a href="/problems">All problems</a></p>`,
  ]);
}
