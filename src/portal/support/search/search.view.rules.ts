import type { Found, FoundKind } from '../../../support-search/found.types.ts';
import type { EmptyView, FactView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { tablesOf } from './found-tables.rules.ts';

export interface SearchView extends PageView, HeadView {
  readonly text: string;
  /** What was found, in one sentence; undefined while nothing is searched. */
  readonly found: string | undefined;
  readonly tables: readonly {
    readonly id: FoundKind;
    readonly title: string;
    readonly table: TableView;
    readonly more?: string;
  }[];
  readonly empty: EmptyView | undefined;
  /** What can be typed, with an example of each. */
  readonly examples: readonly FactView[];
}

const EXAMPLES = ['line', 'issued-id', 'name', 'telephone', 'email', 'number', 'amount', 'company'] as const;

interface Loaded {
  readonly text: string;
  /** Undefined while nothing is searched. */
  readonly found: Found | undefined;
}

/** The search box, and under it what was found by kind, or what can be typed. */
export function searchView({ text, found }: Loaded, frame: ViewFrame): SearchView {
  const { t, format } = frame;
  const tables = found ? tablesOf(found, frame) : [];
  const count = tables.reduce((sum, { table }) => sum + table.rows.length, 0);
  return {
    title: t('support.search.title'),
    ...(found === undefined && { lead: t('support.search.lead') }),
    text,
    found:
      found && count > 0
        ? t(found.more.length > 0 ? 'support.search.found-more' : 'support.search.found', {
            count: format.count(count),
          })
        : undefined,
    tables,
    empty: found && count === 0 ? emptyOf(found, frame) : undefined,
    examples: EXAMPLES.map((kind) => ({
      label: t(`support.search.example.${kind}.what`),
      text: t(`support.search.example.${kind}.example`),
    })),
  };
}

/** Nothing was found: what is wrong with what was typed, or what to try. */
function emptyOf({ isMistypedId, isAmountWithoutDate }: Found, { t }: ViewFrame): EmptyView {
  if (isMistypedId) return { title: t('support.search.mistyped'), text: t('support.search.mistyped-text') };
  if (isAmountWithoutDate)
    return { title: t('support.search.amount-alone'), text: t('support.search.amount-alone-text') };
  return { title: t('support.search.none'), text: t('support.search.none-text') };
}
