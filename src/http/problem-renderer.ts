import type { Context, Middleware } from 'koa';
import type { Deps } from '../deps.ts';
import type { Problem } from '../shared/problem.ts';
import { routeOf } from './access-log.ts';
import { asProblem } from './known-error.ts';
import { describeProblem, PROBLEM_TYPE } from './problem-document.rules.ts';
import { plainProblemPage } from './problem-page.ts';
import type { ProblemPage } from './problem-page.ts';
import { requestIdOf } from './request-id.ts';

/** For machines only, whatever they say they accept. */
const API_PATH = /^\/(v1|health|openapi\.json)(\/|$)/;

/**
 * The one place where refusals and bugs become answers: RFC 9457 JSON, or a page for a browser on a page
 * route. Bugs are logged with the request's name.
 */
export function problemRenderer(
  { config, log }: Pick<Deps, 'config' | 'log'>,
  problemPage: ProblemPage = plainProblemPage,
): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status >= 500) logFailure(ctx, log, problem);
      const document = describeProblem(problem, {
        publicOrigin: config.publicOrigin,
        requestId: requestIdOf(ctx),
      });
      ctx.status = problem.status;
      ctx.set('Cache-Control', 'no-store');
      const retryAfterSeconds = problem.facts['retry_after_seconds'];
      if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
      if (wantsPage(ctx)) {
        ctx.type = 'html';
        ctx.body = problemPage(document);
      } else {
        ctx.type = PROBLEM_TYPE;
        ctx.body = JSON.stringify(document);
      }
    }
  };
}

function wantsPage(ctx: Context): boolean {
  return !API_PATH.test(ctx.path) && ctx.accepts('json', 'html') === 'html';
}

function logFailure(ctx: Context, log: Deps['log'], problem: Problem): void {
  const fields = {
    requestId: requestIdOf(ctx),
    method: ctx.method,
    route: routeOf(ctx),
    err: problem.cause ?? problem,
  };
  log.error(fields, problem.code);
}
