import { escapeHtml, renderPlainPage } from './plain-page.ts';
import type { ProblemDocument } from './problem-document.rules.ts';

/** Renders a refusal as a page; portals hand in one of their own look. */
export type ProblemPage = (document: ProblemDocument) => string;

/** A refusal for somebody with a browser: what happened, and the number to quote to the support centre. */
export const plainProblemPage: ProblemPage = ({ title, status, detail, request_id }) =>
  renderPlainPage(title, [
    `<h1>${escapeHtml(title)}</h1>`,
    detail === undefined ? '' : `<p>${escapeHtml(detail)}</p>`,
    `<p>${status} · ${escapeHtml(request_id ?? '')}</p>`,
  ]);
