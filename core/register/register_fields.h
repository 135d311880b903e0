/* The fields of register files: what each may hold and the form in which it is stored. */
#ifndef RECTRACK_CORE_REGISTER_REGISTER_FIELDS_H
#define RECTRACK_CORE_REGISTER_REGISTER_FIELDS_H

#include "core/base/error.h"

#include <stdbool.h>

/* One field of a row. */
struct register_field {
  const char *value; /* NULL for none */
  char *kept;        /* what a check put in the place of what was written; owned by the field */
};

/* Replaces the value by one that the field owns from now on. */
void register_field_keep(struct register_field *field, char *value);

/* Checks a field that has a value and brings it into the form that is stored. ERROR_DATA with a remedy. */
typedef bool register_field_check(struct register_field *field, struct error *error);

register_field_check register_check_date;
register_field_check register_check_truth;
register_field_check register_check_iso3;
register_field_check register_check_iso2;
register_field_check register_check_m49;
register_field_check register_check_language;
register_field_check register_check_name_kind;
register_field_check register_check_action;
register_field_check register_check_level_kind;
register_field_check register_check_rank;
register_field_check register_check_weight;
register_field_check register_check_colour;
register_field_check register_check_code;

#endif
