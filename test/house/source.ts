import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One file of the project, read and parsed once. `path` is relative to the root, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Something that the house does not allow, as a line to click on. */
export type Offence = `${string}:${number} ${string}`;

/** Parses a text as the file of that path; the negative samples of the spec enter here too. */
export const parse = (path: string, text: string): Source =>
  ({ path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true) });

/** Names an offence by file and line. */
export const offence = (source: Source, position: number, what: string): Offence =>
  `${source.path}:${source.tree.getLineAndCharacterOfPosition(position).line + 1} ${what}`;

/** Visits every node of a tree, parents first. */
export function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** All TypeScript files below the root, except what .gitignore leaves out. */
export function readSources(root: string): Source[] {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').map((line) => line.replace(/\/$/, ''));
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      if (ignored.includes(entry.name) || entry.name === '.git') return [];
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? walk(path) : path;
    });
  return walk('').filter((path) => /\.tsx?$/.test(path)).map((path) => parse(path, readFileSync(join(root, path), 'utf8')));
}

/** A test beside the code it tests. */
export const isSpec = (path: string): boolean => /\.spec\.tsx?$/.test(path);
