-- Argo CD's health of a SchemaMigration. It needs none of Lua's libraries beyond ipairs.
local answer = {status = "Progressing", message = "the operator has not answered the newest spec yet"}
local status = obj.status
if status == nil or status.conditions == nil or status.observedGeneration ~= obj.metadata.generation then
  return answer
end
local conditions = {}
for _, condition in ipairs(status.conditions) do
  conditions[condition.type] = condition
end
local ready, stalled = conditions.Ready, conditions.Stalled
if ready == nil then
  return answer
end
answer.message = ready.message
if stalled ~= nil and stalled.status == "True" then
  answer.status = "Degraded"
elseif ready.status == "True" then
  -- Also while contract steps wait for pods or for a person: the pods of a later wave are what they wait for.
  answer.status = "Healthy"
elseif ready.reason == "ApprovalNeeded" or ready.reason == "BackupNeeded" or ready.reason == "Suspended" or ready.reason == "WindowClosed" then
  answer.status = "Suspended"
end
return answer
