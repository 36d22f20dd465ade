import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from './config.ts';

const database = 'postgres://tranche@db/tranche';
const key = '0c6cf4f3a4b8c1d2e3f405162738495a';
const problemsOf = (variables: Record<string, string>): readonly string[] => {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the environment', () => {
  test('empty: a demo on loopback with embedded PostgreSQL', () => {
    expect(readConfig({})).toEqual({
      port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', dataFolder: null, databaseUrl: null, redisUrl: null, smtp: null, mode: 'demo', tokenKey: null, crashAt: null,
    });
  });

  test('a database of its own makes it production, a word makes it a demo again', () => {
    expect(readConfig({ DATABASE_URL: database, TRANCHE_TOKEN_KEY: key }).mode).toBe('production');
    expect(readConfig({ DATABASE_URL: database, TRANCHE_MODE: 'demo' })).toMatchObject({ mode: 'demo', databaseUrl: database });
    expect(readConfig({ TRANCHE_MODE: 'production', TRANCHE_TOKEN_KEY: key })).toMatchObject({ mode: 'production', databaseUrl: null });
  });

  test('links begin with PUBLIC_URL, or where the API listens', () => {
    expect(readConfig({ PUBLIC_URL: 'https://kim.agency.example/grants/' }).publicUrl).toBe('https://kim.agency.example/grants');
    expect(readConfig({ HOST: '::1', PORT: '8080' }).publicUrl).toBe('http://[::1]:8080');
  });

  test('an empty variable counts as absent', () => {
    expect(readConfig({ DATABASE_URL: '', REDIS_URL: '', TRANCHE_MODE: '' })).toMatchObject({ mode: 'demo', redisUrl: null });
  });

  test('mail needs both of its variables', () => {
    expect(readConfig({ SMTP_URL: 'smtp://mail', MAIL_FROM: 'kim@agency.example' }).smtp).toEqual({ url: 'smtp://mail', from: 'kim@agency.example' });
    expect(problemsOf({ SMTP_URL: 'smtp://mail' })).toEqual([expect.stringContaining('MAIL_FROM is missing')]);
    expect(problemsOf({ MAIL_FROM: 'kim@agency.example' })).toEqual([expect.stringContaining('SMTP_URL is missing')]);
  });
});

describe('production refuses to start', () => {
  test.each([
    ['without a token key', {}, 'TRANCHE_TOKEN_KEY is missing'],
    ['with a short one', { TRANCHE_TOKEN_KEY: 'secret' }, 'too easy to guess'],
    ['with a long one of few letters', { TRANCHE_TOKEN_KEY: 'a'.repeat(64) }, 'too easy to guess'],
    ['with one out of an example', { TRANCHE_TOKEN_KEY: 'please-change-me-to-something-long' }, 'too easy to guess'],
    ['with a crash point', { TRANCHE_TOKEN_KEY: key, TRANCHE_CRASH_AT: 'after-commit' }, 'would kill a production process'],
  ])('%s', (_, variables, message) => {
    expect(problemsOf({ DATABASE_URL: database, ...variables })).toEqual([expect.stringContaining(message)]);
  });
});

describe('nonsense is named with its variable', () => {
  test.each([
    [{ PORT: 'http' }, 'PORT must be a port number'],
    [{ PORT: '70000' }, 'PORT must be a port number'],
    [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL must be a URL that starts with postgres://'],
    [{ PUBLIC_URL: 'kim.agency.example' }, 'PUBLIC_URL must be a URL that starts with http:// or https://'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must be a URL that starts with redis://'],
    [{ TRANCHE_MODE: 'test' }, 'TRANCHE_MODE must be demo or production'],
    [{ TRANCHE_CRASH_AT: 'somewhere' }, 'TRANCHE_CRASH_AT must be one of before-commit'],
  ])('%j', (variables, message) => {
    expect(problemsOf(variables)).toEqual([expect.stringContaining(message)]);
  });

  test('all problems at once', () => {
    expect(problemsOf({ PORT: 'x', REDIS_URL: 'x' })).toHaveLength(2);
  });
});
