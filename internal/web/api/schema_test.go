package api

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// A document is the OpenAPI document as a program reads it: JSON and nothing
// of ours, so that an answer is held to what is told and not to how it is made.
type document map[string]any

func (d document) at(t *testing.T, keys ...string) map[string]any {
	t.Helper()
	var v any = map[string]any(d)
	for _, key := range keys {
		m, ok := v.(map[string]any)
		if v = m[key]; !ok || v == nil {
			t.Fatalf("the document has no %q of %q", key, keys)
		}
	}
	return v.(map[string]any)
}

// schema is what is promised of an answer: by operation, status and type.
func (d document) schema(t *testing.T, path, method string, status int, mediaType string) map[string]any {
	t.Helper()
	return d.at(t, "paths", path, method, "responses", fmt.Sprint(status), "content", mediaType, "schema")
}

// check holds a value to a schema and returns what is wrong with it. A keyword
// that it does not know is an error too: nothing is passed unread.
func (d document) check(where string, schema map[string]any, v any) (wrong []string) {
	bad := func(format string, args ...any) {
		wrong = append(wrong, where+": "+fmt.Sprintf(format, args...))
	}
	if ref, ok := schema["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/components/schemas/")
		schemas := d["components"].(map[string]any)["schemas"].(map[string]any)
		target, ok := schemas[name].(map[string]any)
		if !ok {
			bad("%s leads nowhere", ref)
			return wrong
		}
		return d.check(where, target, v)
	}
	for keyword, rule := range schema {
		switch keyword {
		case "type":
			if !isType(rule, v) {
				bad("%v is not of type %v", v, rule)
			}
		case "properties", "required", "additionalProperties", "items":
		case "enum":
			if !slices.Contains(rule.([]any), v) {
				bad("%v is none of %v", v, rule)
			}
		case "minimum":
			if n, ok := v.(float64); ok && n < rule.(float64) {
				bad("%v is less than %v", v, rule)
			}
		case "format":
			if s, ok := v.(string); ok && !isFormat(rule.(string), s) {
				bad("%q is no %s", s, rule)
			}
		case "anyOf", "oneOf":
			if !slices.ContainsFunc(rule.([]any), func(one any) bool { return len(d.check(where, one.(map[string]any), v)) == 0 }) {
				bad("%v is none of those allowed", v)
			}
		case "description", "title", "default", "examples", "example", "readOnly", "contentEncoding":
		default:
			bad("the schema says %s, which this test does not know", keyword)
		}
	}
	if schema["anyOf"] != nil || schema["oneOf"] != nil {
		return wrong // each of those told of what is inside
	}
	switch v := v.(type) {
	case map[string]any:
		wrong = append(wrong, d.checkObject(where, schema, v)...)
	case []any:
		items, ok := schema["items"].(map[string]any)
		if !ok {
			bad("says nothing of its items")
		}
		for i, item := range v {
			wrong = append(wrong, d.check(fmt.Sprintf("%s[%d]", where, i), items, item)...)
		}
	}
	return wrong
}

func (d document) checkObject(where string, schema, v map[string]any) (wrong []string) {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			wrong = append(wrong, where+" has no "+name.(string))
		}
	}
	for name, value := range v {
		property, ok := properties[name].(map[string]any)
		if extra, isSchema := schema["additionalProperties"].(map[string]any); !ok && isSchema {
			property, ok = extra, true
		}
		if !ok {
			wrong = append(wrong, where+" has "+name+", of which nothing is told")
			continue
		}
		wrong = append(wrong, d.check(where+"."+name, property, value)...)
	}
	return wrong
}

func isType(rule, v any) bool {
	if several, ok := rule.([]any); ok {
		return slices.ContainsFunc(several, func(one any) bool { return isType(one, v) })
	}
	switch v := v.(type) {
	case nil:
		return rule == "null"
	case bool:
		return rule == "boolean"
	case string:
		return rule == "string"
	case float64:
		return rule == "number" || rule == "integer" && v == math.Trunc(v)
	case []any:
		return rule == "array"
	case map[string]any:
		return rule == "object"
	}
	return false
}

func isFormat(format, s string) bool {
	layout := map[string]string{"date": time.DateOnly, "date-time": time.RFC3339Nano}[format]
	if layout == "" {
		return true
	}
	_, err := time.Parse(layout, s)
	return err == nil
}

// decode reads JSON as a program does.
func decode(t *testing.T, body []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

func TestTheCheckerFindsFaults(t *testing.T) {
	d := document{"components": map[string]any{"schemas": map[string]any{"N": map[string]any{"type": "integer", "minimum": 1.0}}}}
	schema := decode(t, []byte(`{"type":"object","required":["a"],"additionalProperties":false,"properties":{
		"a":{"$ref":"#/components/schemas/N"},"b":{"type":["string","null"],"format":"date"},"c":{"type":"array","items":{"type":"string","enum":["x"]}}}}`)).(map[string]any)
	for text, want := range map[string]int{
		`{"a":1}`:               0,
		`{"a":1,"b":null}`:      0,
		`{"a":1,"c":["x"]}`:     0,
		`{}`:                    1,
		`{"a":0}`:               1,
		`{"a":1.5}`:             1,
		`{"a":"1"}`:             1,
		`{"a":1,"b":"today"}`:   1,
		`{"a":1,"c":["x","y"]}`: 1,
		`{"a":1,"z":1}`:         1,
		`[]`:                    2, // no object, and of its items nothing is told
	} {
		if got := d.check("it", schema, decode(t, []byte(text))); len(got) != want {
			t.Errorf("%s: %q, want %d faults", text, got, want)
		}
	}
}
