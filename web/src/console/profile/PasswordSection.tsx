import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { queryClient } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { listSessionsQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { changePassword } from '#api/generated/sdk.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useMe } from '../me.ts';
import { wordsOf } from '../refusals.ts';
import { Field, FormError } from '../ui/Field.tsx';
import { Section } from '../ui/Section.tsx';
import { sayDone } from '../ui/toasts.ts';
import { useCountdown } from '../useCountdown.ts';

export function PasswordSection() {
  const { has_password, email } = useMe();
  const wait = useCountdown();
  const changing = useMutation({
    mutationFn: (body: { password: string; new_password: string }) => changePassword({ body }),
    onSuccess() {
      sayDone(t`Your password is changed. Your other sessions have ended.`);
      void queryClient.invalidateQueries({ queryKey: listSessionsQueryKey() });
    },
    onError: (error) => error instanceof ApiError && error.retryAfter && wait.start(error.retryAfter),
  });

  if (has_password === false) {
    return (
      <Section title={t`Password`}>
        <p>
          <Trans>You sign in with single sign-on and have no password here.</Trans>
        </p>
      </Section>
    );
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const password = String(fields.get('password'));
    await changing
      .mutateAsync({ password, new_password: String(fields.get('new_password')) })
      .then(() => form.reset())
      .catch(() => {}); // it is shown below
  }

  return (
    <Section title={t`Password`}>
      <form onSubmit={(event) => void submit(event)}>
        <input type="hidden" name="username" autoComplete="username" value={email ?? ''} />
        <Field
          label={t`Current password`}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          required
        />
        <Field
          label={t`New password`}
          hint={t`At least 12 characters; a few words are easy to remember`}
          name="new_password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          maxLength={200}
          required
        />
        {changing.error && <FormError>{wordsOf(changing.error)}</FormError>}
        <Button type="submit" look="primary" disabled={changing.isPending || wait.left > 0}>
          {wait.left > 0 ? <Trans>Try again in {wait.left} s</Trans> : <Trans>Change the password</Trans>}
        </Button>
      </form>
    </Section>
  );
}
