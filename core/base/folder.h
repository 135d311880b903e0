/* Folders: making, syncing and removing them; links that are replaced in one step. */
#ifndef RECTRACK_CORE_BASE_FOLDER_H
#define RECTRACK_CORE_BASE_FOLDER_H

#include "core/base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* FOLDER/NAME. The caller frees it. */
char *folder_join(const char *folder, const char *name) __attribute__((nonnull, returns_nonnull));
/* The folder part of a path ("." when there is none). The caller frees it. */
char *folder_of(const char *path) __attribute__((nonnull, returns_nonnull));

/* Makes the folders above a path; those that are there stay as they are. ERROR_CANNOT_CREATE. */
bool folder_make_parents(const char *path, struct error *error) __attribute__((nonnull));
/* Makes a folder and those above it; one that is there is fine. ERROR_CANNOT_CREATE. */
bool folder_make(const char *path, mode_t mode, struct error *error) __attribute__((nonnull));

/* Makes the names in a folder durable. A folder that can't be opened or synced (some file systems) is let be; a device
 * that fails is ERROR_CANNOT_WRITE. */
bool folder_sync(const char *path, struct error *error) __attribute__((nonnull));

/* Removes a file or a folder with all that is in it, without following links; true when nothing is left. */
bool folder_remove(const char *path) __attribute__((nonnull));

/* Makes FOLDER/NAME a symbolic link to `target`, in place of the one that is there, in one step and durably.
 * ERROR_CANNOT_CREATE. */
bool folder_link(const char *folder, const char *name, const char *target, struct error *error)
    __attribute__((nonnull));

#endif
