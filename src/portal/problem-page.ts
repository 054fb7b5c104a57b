import type { Context, Middleware } from 'koa';
import type { Deps } from '../deps.ts';
import { asProblem } from '../http/known-error.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { Problem } from '../shared/problem.ts';
import { isMessageKey } from './messages/translate.ts';
import type { MessageKey } from './messages/translate.ts';
import { frameOf, renderPage } from './page.ts';

/** Turns every refusal and bug under it into a page; bugs are logged with the number the page shows. */
export function problemPages({ log }: Pick<Deps, 'log'>): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status >= 500) {
        log.error({ requestId: requestIdOf(ctx), err: problem.cause ?? problem }, problem.code);
      }
      const { backHref } = ctx.state as { backHref?: string };
      renderProblemPage(ctx, problem, backHref);
    }
  };
}

/** Answers with a page that says what was refused and what to do, in the visitor's language. `backHref` leads back to where they were. */
export function renderProblemPage(ctx: Context, problem: Problem, backHref?: string): void {
  const { t } = frameOf(ctx);
  const key = textKeyOf(problem);
  const title = t(`${key}.title` as MessageKey);
  setProblemHeaders(ctx, problem);
  renderPage(ctx, {
    template: 'problem',
    title,
    path: ctx.method === 'GET' ? ctx.path : undefined,
    view: { title, text: t(`${key}.text` as MessageKey), backHref, requestId: requestIdOf(ctx) },
  });
}

/** Sets the status of a refusal and when to ask again. */
export function setProblemHeaders(ctx: Context, problem: Problem): void {
  ctx.status = problem.status;
  const retryAfterSeconds = problem.facts['retry_after_seconds'];
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
}

/** The problem's own text where there is one, else one for its kind of status. */
function textKeyOf({ code, status }: Problem): string {
  if (isMessageKey(`problem.${code}.title`)) return `problem.${code}`;
  if (status === 404) return 'problem.not-found';
  if (status === 503 || status === 429) return 'problem.service-unavailable';
  return status >= 500 ? 'problem.internal-error' : 'problem.bad-request';
}
