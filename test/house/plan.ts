/** A row of ARCHITECTURE.md's table: who may import what. */
export interface Wall {
  readonly folder: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** A file that may break one rule, and why. */
export interface Exception {
  readonly file: string;
  readonly rule: string;
  readonly reason: string;
}

/** ARCHITECTURE.md as the house test reads it: the picture is the rule. */
export interface Plan {
  readonly walls: readonly Wall[];
  /** What every spec may use beside its folder's own row. */
  readonly specs: Wall;
  readonly exceptions: readonly Exception[];
  readonly topLevel: readonly string[];
  /** Folders without clock, random, environment and I/O. */
  readonly pure: readonly string[];
  /** Folders that know time only from events and `tranche_now()`. */
  readonly legalTime: readonly string[];
}

const SPECS = '**/*.spec.ts';
const bare = (cell: string): string => cell.trim().replaceAll('`', '');
const listed = (cell: string): string[] => cell.split(/[\s,]+/).map(bare).filter((word) => word !== '');

/** The cells of every body row of the table whose head starts with `head`. */
function table(markdown: string, head: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  if (start < 0) throw new Error(`ARCHITECTURE.md: there is no table that starts with "| ${head} |"`);
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines.slice(start + 2, end < 0 ? undefined : end).map((line) => line.split('|').slice(1, -1));
}

/** The words after `**Label**:` on its line. */
function line(markdown: string, label: string): string[] {
  const found = markdown.split('\n').find((text) => text.startsWith(`**${label}**: `));
  if (found === undefined) throw new Error(`ARCHITECTURE.md: there is no line "**${label}**: …"`);
  return [...found.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

/** Reads the walls, the exceptions and the named areas out of ARCHITECTURE.md. */
export function readPlan(markdown: string): Plan {
  const rows = table(markdown, 'folder').map(([folder = '', ours = '', theirs = '']): Wall =>
    ({ folder: bare(folder), ours: listed(ours), theirs: listed(theirs) }));
  return {
    walls: rows.filter(({ folder }) => folder !== SPECS),
    specs: rows.find(({ folder }) => folder === SPECS) ?? { folder: SPECS, ours: [], theirs: [] },
    exceptions: table(markdown, 'file').map(([file = '', rule = '', reason = '']) =>
      ({ file: bare(file), rule: bare(rule), reason: reason.trim() })),
    topLevel: line(markdown, 'Top level'),
    pure: line(markdown, 'Pure'),
    legalTime: line(markdown, 'Legal time'),
  };
}

/** Whether a path lies in a folder; `workflows/*` is every folder below `workflows`. */
export function within(path: string, folder: string): boolean {
  return folder.endsWith('/*') ? path.startsWith(folder.slice(0, -1)) && path.slice(folder.length - 1).includes('/') : path.startsWith(`${folder}/`);
}

/** The row a file lives in: the most particular one. */
export const wallOf = (plan: Plan, path: string): Wall | undefined =>
  plan.walls.filter(({ folder }) => within(path, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];

/** The folder whose inside is open to a file: for `workflows/*` the programme's own. */
export const homeOf = (plan: Plan, path: string): string | undefined => {
  const folder = wallOf(plan, path)?.folder;
  return folder?.endsWith('/*') ? path.split('/').slice(0, folder.split('/').length).join('/') : folder;
};
