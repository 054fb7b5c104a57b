import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import { commonProblems } from '../../api/openapi/operation.ts';
import type { Locale } from '../../shared/money.ts';
import { problems, type ProblemCode } from '../../shared/problem.ts';
import { problemGroups, problemGuides, type ProblemGroup } from './guides/problem-guides.ts';
import { inlineCode } from './inline-code.rules.ts';
import { describeIn } from './reference-texts.ts';

/** The title of a problem in the language of the page. */
export function problemTitle(code: ProblemCode, language: Locale): string {
  return language === 'ja' ? problemGuides[code].titleJa : problems[code].title;
}

/** All problems, grouped by where they occur. */
export function viewProblemGroups(language: Locale) {
  return (Object.keys(problemGroups) as ProblemGroup[]).map((group) => ({
    group,
    problems: problemGroups[group].map((code) => ({
      code,
      status: problems[code].status,
      title: problemTitle(code, language),
    })),
  }));
}

/** Everything about one problem; guides as HTML. */
export function viewProblem(code: ProblemCode, language: Locale, endpoints: readonly AnyEndpoint[]) {
  const { when, todo } = problemGuides[code];
  const { status, title } = problems[code];
  const isCommon = commonProblems('post').includes(code);
  return {
    code,
    status,
    title: problemTitle(code, language),
    originalTitle: title,
    when: inlineCode(when[language]),
    todo: inlineCode(todo[language]),
    isCommon,
    isForReading: commonProblems('get').includes(code),
    operations: endpoints
      .filter((endpoint) => !isCommon && endpoint.problems.includes(code))
      .map(({ name, summary, method, path }) => ({
        name,
        title: describeIn(language)(summary),
        method: method.toUpperCase(),
        path: path.replaceAll(/:(\w+)/g, '{$1}'),
      })),
  };
}

/** Whether a text is one of our codes. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problems, text);
}
