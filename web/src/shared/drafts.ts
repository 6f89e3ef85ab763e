/**
 * What somebody has typed and not sent. It is kept in this browser at most 300 ms after a key, and goes only by sending
 * or by an explicit discard. Where the browser keeps nothing (private windows, a full disk), it lives with the page.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';

export interface Draft {
  text: string;
  files: UploadedFile[];
  /** More of a form, by name. */
  fields?: Readonly<Record<string, string>>;
  saved_at: string;
}

const SAVE_AFTER_MS = 300;
const memory = new Map<string, string>();
let owner = '';

/** Drafts of one reader are not shown to the next one in the same browser. */
export function setDraftOwner(name: string) {
  owner = name;
}

const keyOf = (name: string) => `paneldesk.draft.${owner}.${name}`;

export function readDraft(name: string): Draft | null {
  const key = keyOf(name);
  let stored = memory.get(key) ?? null; // newer than what is stored: there was no room for it
  try {
    stored ??= localStorage.getItem(key);
  } catch {} // storage is switched off
  try {
    const draft = stored && (JSON.parse(stored) as Draft); // written below, by this page or an older one
    return draft && typeof draft.text === 'string' && Array.isArray(draft.files) ? draft : null;
  } catch {
    return null;
  }
}

/** Returns false when the draft will not outlive the page. */
export function writeDraft(name: string, draft: Draft | null): boolean {
  const key = keyOf(name);
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
    memory.delete(key);
    return true;
  } catch {
    if (draft) memory.set(key, JSON.stringify(draft));
    else memory.delete(key);
    return false;
  }
}

const shown = new Map<string, (change: (draft: Draft) => Partial<Draft>) => void>();

/** Changes a draft from outside its composer, whether or not that is on the page. */
export function changeDraft(name: string, change: (draft: Draft) => Partial<Draft>) {
  const changeShown = shown.get(name) ?? ((change) => changeStored(name, change));
  changeShown(change);
}

function changeStored(name: string, change: (draft: Draft) => Partial<Draft>) {
  const draft = readDraft(name) ?? emptyDraft();
  const next = { ...draft, ...change(draft), saved_at: new Date().toISOString() };
  writeDraft(name, isEmpty(next) ? null : next);
}

/** A file that has arrived for it. */
export const addDraftFile = (name: string, file: UploadedFile) =>
  changeDraft(name, ({ files }) => ({ files: [...files, file] }));

/** Whether the reader has typed anything in this browser that is not sent. */
export function hasDrafts(): boolean {
  if (memory.size > 0) return true;
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(keyOf('')));
  } catch {
    return false;
  }
}

const isEmpty = ({ text, files, fields = {} }: Draft) =>
  text === '' && files.length === 0 && Object.values(fields).every((value) => value === '');

export interface DraftState {
  text: string;
  files: UploadedFile[];
  isKept: boolean;
  /** When it was last written down; null while there is nothing. */
  savedAt: string | null;
  setText(text: string): void;
  setFiles(files: UploadedFile[]): void;
  fields: Readonly<Record<string, string>>;
  setFields(changed: Record<string, string>): void;
  /** Removes it, and returns it for an undo. */
  clear(): Draft;
  restore(draft: Draft): void;
  /** At once. */
  save(): void;
}

/** The draft of this name; another name shows another draft, and the first one is kept. */
export function useDraft(name: string): DraftState {
  const [draft, setDraft] = useState<Draft>(() => readDraft(name) ?? emptyDraft());
  const [isKept, setKept] = useState(true);
  const [savedAt, setSavedAt] = useState<string | null>(() => readDraft(name)?.saved_at ?? null);
  const latest = useRef({ name, draft, isDirty: false });

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopTimer = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
  }, []);

  const save = useCallback(() => {
    stopTimer();
    const { name, draft, isDirty } = latest.current;
    if (!isDirty) return;
    latest.current.isDirty = false;
    const saved = { ...draft, saved_at: new Date().toISOString() };
    setKept(writeDraft(name, isEmpty(draft) ? null : saved));
    setSavedAt(isEmpty(draft) ? null : saved.saved_at);
  }, [stopTimer]);

  if (latest.current.name !== name) {
    save();
    const next = readDraft(name) ?? emptyDraft();
    latest.current = { name, draft: next, isDirty: false };
    setDraft(next);
    setSavedAt(readDraft(name)?.saved_at ?? null);
  }

  const change = useCallback(
    (changed: Partial<Draft>) => {
      if (latest.current.name !== name) return changeStored(name, () => changed); // another one is shown by now
      const next = { ...latest.current.draft, ...changed };
      latest.current.draft = next;
      latest.current.isDirty = true;
      setDraft(next);
      timer.current ??= setTimeout(save, SAVE_AFTER_MS); // not put off by more keys: somebody may type for minutes
    },
    [name, save],
  );

  useEffect(() => {
    shown.set(name, (changed) => change(changed(latest.current.draft)));
    return () => void shown.delete(name);
  }, [name, change]);

  useEffect(() => {
    const follow = ({ key }: StorageEvent) => {
      // What is being typed here is newer than what another tab has saved.
      if (key !== keyOf(name) || latest.current.isDirty) return;
      const next = readDraft(name) ?? emptyDraft();
      latest.current.draft = next;
      setDraft(next);
      setSavedAt(next.saved_at || null);
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [name]);

  useEffect(() => {
    window.addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      window.removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
      save();
    };
  }, [save]);

  return {
    text: draft.text,
    files: draft.files,
    isKept,
    savedAt,
    setText: (text) => change({ text }),
    setFiles: (files) => change({ files }),
    fields: draft.fields ?? {},
    setFields: (changed) => change({ fields: { ...latest.current.draft.fields, ...changed } }),
    restore: (restored) => change(restored),
    save,
    clear() {
      if (latest.current.name !== name) return takeDraft(name);
      const removed = latest.current.draft;
      latest.current = { name, draft: emptyDraft(), isDirty: false };
      stopTimer();
      setDraft(latest.current.draft);
      setSavedAt(null);
      writeDraft(name, null);
      return removed;
    },
  };
}

function takeDraft(name: string): Draft {
  const removed = readDraft(name) ?? emptyDraft();
  writeDraft(name, null);
  return removed;
}

const emptyDraft = (): Draft => ({ text: '', files: [], saved_at: '' });
