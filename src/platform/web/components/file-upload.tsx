import { explanationIds, Field, type FieldProps } from './form-group.tsx'
import { classNames, contentOf, translations, type Attributes, type Optional, type PluralTexts } from './props.ts'

export type FileUploadProps = FieldProps &
  Optional<{
    multiple: boolean
    /** Adds a drop zone where there is JavaScript. */
    javascript: boolean
    chooseFilesButtonText: string
    dropInstructionText: string
    multipleFilesChosenText: PluralTexts
    noFileChosenText: string
    enteredDropZoneText: string
    leftDropZoneText: string
    wrapperClasses: string
    wrapperAttributes: Attributes
  }>

export function FileUpload(props: FileUploadProps) {
  const { name, id = name, formGroup, errorMessage } = props
  const input = (
    <input
      class={classNames('govuk-file-upload', props.classes, errorMessage && 'govuk-file-upload--error')}
      id={id}
      name={name}
      type="file"
      disabled={props.disabled}
      multiple={props.multiple}
      aria-describedby={explanationIds(id, props)}
      {...props.attributes}
    />
  )
  return (
    <Field id={id} label={props.label} hint={props.hint} errorMessage={errorMessage} formGroup={formGroup}>
      {contentOf(formGroup?.beforeInput)}
      {props.javascript ? (
        <div
          class={classNames('govuk-file-upload-wrapper', props.wrapperClasses)}
          data-module="govuk-file-upload"
          {...translations({
            'choose-files-button': props.chooseFilesButtonText,
            'no-file-chosen': props.noFileChosenText,
            'multiple-files-chosen': props.multipleFilesChosenText,
            'drop-instruction': props.dropInstructionText,
            'entered-drop-zone': props.enteredDropZoneText,
            'left-drop-zone': props.leftDropZoneText,
          })}
          {...props.wrapperAttributes}
        >
          {input}
        </div>
      ) : (
        input
      )}
      {contentOf(formGroup?.afterInput)}
    </Field>
  )
}
