import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef } from 'react';
import { queryClient } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { getMeQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { signIn } from '#api/generated/sdk.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { reportSignedIn } from '../signed-out.ts';
import styles from './SignInPage.module.css';

interface Credentials {
  email: string;
  password: string;
  code?: string;
}

/** Covers the page as a dialog: whoever signs in again goes on where they were. */
export function SignInPage() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const signingIn = useMutation({
    mutationFn: (body: Credentials) => signIn({ body }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: getMeQueryKey() });
      reportSignedIn(); // now it is known who: nothing of somebody else is sent
      void queryClient.invalidateQueries();
    },
  });
  const error = signingIn.error instanceof ApiError ? signingIn.error : null;
  const needsCode = error?.code === 'second_factor_required' || signingIn.variables?.code !== undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const code = String(fields.get('code') ?? '').trim();
    signingIn.mutate({
      email: String(fields.get('email')),
      password: String(fields.get('password')),
      ...(code && { code }),
    });
  }

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="sign-in"
      onCancel={(event) => event.preventDefault()}
    >
      <form onSubmit={submit}>
        <h1 id="sign-in">
          <Trans>Sign in to the console</Trans>
        </h1>
        <label>
          <Trans>E-mail</Trans>
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          <Trans>Password</Trans>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {needsCode && (
          <label>
            <Trans>Code of your authenticator app, or a recovery code</Trans>
            <input name="code" autoComplete="one-time-code" inputMode="numeric" required />
          </label>
        )}
        {error && (
          <p className={styles.error} role="alert">
            {error.code === 'second_factor_required' ? t`Now enter your code.` : error.message}
          </p>
        )}
        <Button type="submit" look="primary" size="large" disabled={signingIn.isPending}>
          <Trans>Sign in</Trans>
        </Button>
      </form>
    </dialog>
  );
}
